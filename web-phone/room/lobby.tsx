import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { Participant, ParticipantId, RoomId } from '../../protocol/room/room.ts';
import type { RoomDesk } from '../feed/desk.ts';
import { fewAtOnce } from '../feed/few-at-once.ts';
import { lobbyOf } from '../feed/people.ts';
import type { Wish } from '../feed/wish.ts';
import { Button } from '../style/button.tsx';
import { Confirm } from '../style/dialog.tsx';
import { Icon } from '../style/icon.tsx';
import { leftToRight } from '../style/format.ts';
import { Since } from '../style/person.tsx';
import { words } from '../words/words.ts';
import { extended, noneSelected, present, toggled } from './selection.ts';
import type { Selection } from './selection.ts';

export interface LobbyProps {
  readonly desk: RoomDesk;
  readonly room: RoomId;
}

type Chosen = Signal<Selection<ParticipantId>>;

/** With fewer, each has its button and all have one. */
const WORTH_SELECTING = 3;

/** Who waits to be let in, for those who may let them. Nothing where nobody waits. */
export function Lobby({ desk, room }: LobbyProps) {
  const chosen: Chosen = useSignal(noneSelected<ParticipantId>());
  const waiting = lobbyOf(desk.feed.value.rooms.get(room));
  if (waiting.length === 0) return null;
  const order = waiting.map(({ id }) => id);
  const { counts, inRoom } = words('shared');
  const selects = waiting.length >= WORTH_SELECTING && !desk.watching;
  return (
    <section class="queue queue-lobby" aria-label={inRoom.lobby}>
      <header class="section-head">
        <h3>
          <Icon name="door" /> {inRoom.waiting(counts.people(waiting.length))}
        </h3>
        {waiting.length > 1 && !desk.watching && (
          <Together desk={desk} room={room} chosen={chosen} order={order} />
        )}
      </header>
      <ol class="queue-rows">
        {waiting.map((person) => (
          <Waiting
            key={person.id}
            desk={desk}
            room={room}
            person={person}
            on={selects ? chosen.value.ids.has(person.id) : undefined}
            onSelect={(range) =>
              (chosen.value = range
                ? extended(chosen.peek(), person.id, order)
                : toggled(chosen.peek(), person.id))
            }
          />
        ))}
      </ol>
    </section>
  );
}

type TogetherProps = LobbyProps & {
  readonly chosen: Chosen;
  readonly order: readonly ParticipantId[];
};

/** For all of them, or those who are selected. */
function Together({ desk, room, chosen, order }: TogetherProps) {
  const refusing = useSignal(false);
  const { inRoom } = words('shared');
  const ids = [...present(chosen.value, (id) => order.includes(id)).ids];
  const count = ids.length;
  const decide = (one: 'admit' | 'refuse') => {
    chosen.value = noneSelected();
    if (count === 0) void desk.wish({ kind: `${one}-all`, room });
    else void fewAtOnce(ids, (id) => desk.wish({ kind: one, room, id }));
  };
  const all = (kind: 'admit-all' | 'refuse-all'): Wish => ({ kind, room });
  return (
    <span class="queue-actions">
      <Button
        size="small"
        look="primary"
        waiting={desk.waits(all('admit-all'))}
        onClick={() => decide('admit')}
      >
        {count === 0 ? inRoom.admitAll : inRoom.admitSome(count)}
      </Button>
      <Button
        size="small"
        waiting={desk.waits(all('refuse-all'))}
        onClick={() => (refusing.value = true)}
      >
        {count === 0 ? inRoom.refuseAll : inRoom.refuseSome(count)}
      </Button>
      {refusing.value && (
        <Confirm
          title={count === 0 ? inRoom.refuseAllTitle(order.length) : inRoom.refuseSomeTitle(count)}
          verb={count === 0 ? inRoom.refuseAll : inRoom.refuse}
          onYes={() => decide('refuse')}
          onClose={() => (refusing.value = false)}
        >
          {inRoom.refuseAllAbout}
        </Confirm>
      )}
    </span>
  );
}

type WaitingProps = LobbyProps & {
  readonly person: Participant;
  /** Whether it is selected; absent where nothing can be. */
  readonly on: boolean | undefined;
  readonly onSelect: (range: boolean) => void;
};

function Waiting({ desk, room, person, on, onSelect }: WaitingProps) {
  return (
    <li class="queue-row">
      {on === undefined ? (
        <Icon name={person.via} />
      ) : (
        <input
          class="queue-box"
          type="checkbox"
          aria-label={words('shared').inRoom.selectWhom(person.name)}
          checked={on}
          onClick={(event) => onSelect(event.shiftKey)}
        />
      )}
      <span class="queue-words">
        <bdi class="queue-name">{person.name}</bdi>
        <span class="soft">
          {person.number !== '' && `${leftToRight(person.number)} · `}
          <Since ms={person.joinedAtMs} />
        </span>
      </span>
      {!desk.watching && <Decide desk={desk} room={room} person={person} />}
    </li>
  );
}

function Decide({ desk, room, person }: LobbyProps & { readonly person: Participant }) {
  const admit: Wish = { kind: 'admit', room, id: person.id };
  const refuse: Wish = { kind: 'refuse', room, id: person.id };
  const { inRoom } = words('shared');
  return (
    <span class="queue-actions">
      <Button
        size="small"
        look="primary"
        label={inRoom.admitWhom(person.name)}
        waiting={desk.waits(admit)}
        onClick={() => void desk.wish(admit)}
      >
        {inRoom.admit}
      </Button>
      <Button
        size="small"
        icon="close"
        label={inRoom.refuseWhom(person.name)}
        waiting={desk.waits(refuse)}
        onClick={() => void desk.wish(refuse)}
      >
        {inRoom.refuse}
      </Button>
    </span>
  );
}
