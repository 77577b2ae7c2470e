import { useSignal } from '@preact/signals';
import { nowMs } from '../../style/clock.ts';
import { formatDuration } from '../../style/format.ts';
import { words } from '../../words/words.ts';
import type { RoomList } from '../room-list.ts';
import { TalkLine } from './talk-line.tsx';

interface ListProps {
  readonly list: RoomList;
}

/** Who had the floor lately; drawn only while somebody looks. */
export function WhoTalked({ list }: ListProps) {
  const open = useSignal(false);
  return (
    <details class="group who-talked" onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>{words('console').room.whoTalked}</summary>
      {open.value && <Lines list={list} />}
    </details>
  );
}

const MOST = 12;

function Lines({ list }: ListProps) {
  const now = nowMs.value;
  const { room } = words('console');
  const talkers = list.people.value
    .map((person) => ({ person, ms: list.talks.talkedMs(person.id, now) }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, MOST);
  return (
    <div class="stack timeline">
      <p class="hint">{room.whoTalkedAbout}</p>
      <ul>
        {talkers.map(({ person: { id, name }, ms }) => (
          <li key={id}>
            <bdi class="timeline-name">{name}</bdi>
            <TalkLine
              spans={list.talks.spans(id, now)}
              nowMs={now}
              label={room.talkedFor(name, formatDuration(ms))}
            />
            <span class="number soft">{formatDuration(ms)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
