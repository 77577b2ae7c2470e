import { useEffect } from 'preact/hooks';
import type { BanView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { spokenTime } from '../../style/local-time.ts';
import type { Listed } from '../listed.ts';
import type { RoomProps } from './meeting-room.tsx';

export interface RoomBansProps extends RoomProps {
  readonly bans: Listed<BanView>;
}

/** Who may not come in any more. Nothing where nobody is banned. */
export function RoomBans({ desk, bans }: RoomBansProps) {
  // An observer may not even ask.
  const { watching } = desk;
  useEffect(() => (watching ? undefined : bans.watch()), [bans, watching]);
  const list = bans.list.value ?? [];
  if (list.length === 0) return null;
  return (
    <section class="queue" aria-label="Banned">
      <header class="section-head">
        <h3>Banned from this meeting</h3>
      </header>
      <ul class="queue-rows">
        {list.map((ban) => (
          <li class="queue-row" key={ban.id}>
            <span class="queue-words">
              <bdi class="queue-name">{ban.name}</bdi>
              <span class="soft">
                {ban.number !== '' && `${ban.number} · `}
                by {ban.by}, {spokenTime(ban.bannedAt)}
              </span>
            </span>
            <span class="queue-actions">
              <Button
                size="small"
                label={`Lift the ban of ${ban.name}`}
                onClick={() => void lift(desk, bans, ban)}
              >
                Lift
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function lift(
  desk: RoomProps['desk'],
  bans: Listed<BanView>,
  { id, name }: BanView,
): Promise<void> {
  const answer = await bans.remove(id);
  if (answer.ok) desk.notices.done(`${name} may come in again.`);
  else desk.notices.warn(answer.problem.detail);
}

/** Lifts the ban that was just made of somebody of that name. */
export async function liftLatest(
  desk: RoomProps['desk'],
  bans: Listed<BanView>,
  name: string,
): Promise<void> {
  await bans.look();
  const [latest] = (bans.list.peek() ?? [])
    .filter((ban) => ban.name === name)
    .toSorted((a, b) => b.bannedAt.localeCompare(a.bannedAt));
  if (latest) await lift(desk, bans, latest);
}
