import type { Participant, RoomId } from '../../protocol/room/room.ts';
import type { RoomDesk } from '../feed/desk.ts';
import { lobbyOf } from '../feed/people.ts';
import type { Wish } from '../feed/wish.ts';
import { Button } from '../style/button.tsx';
import { Confirm } from '../style/dialog.tsx';
import { words } from '../words/words.ts';
import { Icon } from '../style/icon.tsx';
import { Since } from '../style/person.tsx';
import { useSignal } from '@preact/signals';

export interface LobbyProps {
  readonly desk: RoomDesk;
  readonly room: RoomId;
}

/** Who waits to be let in, for those who may let them. Nothing where nobody waits. */
export function Lobby({ desk, room }: LobbyProps) {
  const refusing = useSignal(false);
  const waiting = lobbyOf(desk.feed.value.rooms.get(room));
  if (waiting.length === 0) return null;
  const { counts, inRoom } = words('shared');
  const all = (kind: 'admit-all' | 'refuse-all'): Wish => ({ kind, room });
  return (
    <section class="queue queue-lobby" aria-label={inRoom.lobby}>
      <header class="section-head">
        <h3>
          <Icon name="door" /> {inRoom.waiting(counts.people(waiting.length))}
        </h3>
        {waiting.length > 1 && !desk.watching && (
          <span class="queue-actions">
            <Button
              size="small"
              look="primary"
              waiting={desk.waits(all('admit-all'))}
              onClick={() => void desk.wish(all('admit-all'))}
            >
              {inRoom.admitAll}
            </Button>
            <Button
              size="small"
              waiting={desk.waits(all('refuse-all'))}
              onClick={() => (refusing.value = true)}
            >
              {inRoom.refuseAll}
            </Button>
          </span>
        )}
      </header>
      <ol class="queue-rows">
        {waiting.map((person) => (
          <Waiting key={person.id} desk={desk} room={room} person={person} />
        ))}
      </ol>
      {refusing.value && (
        <Confirm
          title={inRoom.refuseAllTitle(waiting.length)}
          verb={inRoom.refuseAll}
          onYes={() => void desk.wish(all('refuse-all'))}
          onClose={() => (refusing.value = false)}
        >
          {inRoom.refuseAllAbout}
        </Confirm>
      )}
    </section>
  );
}

function Waiting({ desk, room, person }: LobbyProps & { readonly person: Participant }) {
  return (
    <li class="queue-row">
      <Icon name={person.via} />
      <span class="queue-words">
        <bdi class="queue-name">{person.name}</bdi>
        <span class="soft">
          {person.number !== '' && `${person.number} · `}
          <Since ms={person.joinedAtMs} />
        </span>
      </span>
      {!desk.watching && <Decide desk={desk} room={room} person={person} />}
    </li>
  );
}

function Decide({ desk, room, person }: LobbyProps & { readonly person: Participant }) {
  const admit: Wish = { kind: 'admit', room, id: person.id };
  const { inRoom } = words('shared');
  const refuse: Wish = { kind: 'refuse', room, id: person.id };
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
        label={inRoom.refuseWhom(person.name)}
        waiting={desk.waits(refuse)}
        onClick={() => void desk.wish(refuse)}
      >
        {inRoom.refuse}
      </Button>
    </span>
  );
}
