import type { Participant, RoomId } from '../../protocol/room/room.ts';
import { handQueue } from '../../protocol/room/rows.ts';
import type { RoomDesk } from '../feed/desk.ts';
import { inOrder } from '../feed/people.ts';
import type { Wish } from '../feed/wish.ts';
import { Button } from '../style/button.tsx';
import { words } from '../words/words.ts';
import { Icon } from '../style/icon.tsx';
import type { IconName } from '../style/icon.tsx';

export interface RequestsProps {
  readonly desk: RoomDesk;
  readonly room: RoomId;
}

/** What people ask of the moderators: help, and to speak, in the order in which they asked. */
export function Requests({ desk, room }: RequestsProps) {
  const live = desk.feed.value.rooms.get(room);
  const { inRoom } = words('shared');
  const helpless = inOrder(live).filter((person) => person.wantsHelp === true);
  const hands = live ? handQueue(live) : [];
  return (
    <>
      {helpless.length > 0 && (
        <Queue title={inRoom.askedForHelp} icon="help" people={helpless}>
          {(person) =>
            !desk.watching && (
              <Settle
                desk={desk}
                wish={{ kind: 'set-help', room, id: person.id, help: false }}
                words={inRoom.attended}
                about={inRoom.attendedWhom(person.name)}
              />
            )
          }
        </Queue>
      )}
      {hands.length > 0 && (
        <Queue title={inRoom.raisedHands} icon="hand" people={hands}>
          {(person) =>
            !desk.watching && (
              <Settle
                desk={desk}
                wish={{ kind: 'set-hand', room, id: person.id, hand: false }}
                words={inRoom.lower}
                about={inRoom.lowerWhom(person.name)}
              />
            )
          }
        </Queue>
      )}
    </>
  );
}

function Queue(props: {
  readonly title: string;
  readonly icon: IconName;
  readonly people: readonly Participant[];
  readonly children: (person: Participant) => preact.ComponentChildren;
}) {
  return (
    <section class="queue" aria-label={props.title}>
      <header class="section-head">
        <h3>
          <Icon name={props.icon} /> {props.title}
        </h3>
      </header>
      <ol class="queue-rows">
        {props.people.map((person, index) => (
          <li class="queue-row" key={person.id}>
            <span class="queue-place" aria-hidden="true">
              {index + 1}
            </span>
            <span class="queue-words">
              <bdi class="queue-name">{person.name}</bdi>
            </span>
            <span class="queue-actions">{props.children(person)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Settle(props: {
  readonly desk: RoomDesk;
  readonly wish: Wish;
  readonly words: string;
  readonly about: string;
}) {
  const { desk, wish } = props;
  return (
    <Button
      size="small"
      label={props.about}
      waiting={desk.waits(wish)}
      onClick={() => void desk.wish(wish)}
    >
      {props.words}
    </Button>
  );
}
