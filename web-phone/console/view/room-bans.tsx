import { useEffect } from 'preact/hooks';
import type { BanView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { leftToRight } from '../../style/format.ts';
import { spokenTime } from '../../style/local-time.ts';
import { words } from '../../words/words.ts';
import type { Listed } from '../listed.ts';
import { lift } from '../remove-person.ts';
import type { RoomProps } from './meeting-room.tsx';

export interface RoomBansProps extends RoomProps {
  readonly bans: Listed<BanView>;
}

/** Who may not come in any more. Nothing where nobody is banned. */
export function RoomBans({ desk, bans }: RoomBansProps) {
  // An observer may not even ask.
  const { watching } = desk;
  useEffect(() => (watching ? undefined : bans.watch()), [bans, watching]);
  const { room } = words('console');
  const list = bans.list.value ?? [];
  if (list.length === 0) return null;
  return (
    <section class="queue" aria-label={room.bans}>
      <header class="section-head">
        <h3>{room.bansTitle}</h3>
      </header>
      <ul class="queue-rows">
        {list.map((ban) => (
          <li class="queue-row" key={ban.id}>
            <span class="queue-words">
              <bdi class="queue-name">{ban.name}</bdi>
              <span class="soft">
                {ban.number !== '' && `${leftToRight(ban.number)} · `}
                {room.bannedBy(ban.by, spokenTime(ban.bannedAt))}
              </span>
            </span>
            <span class="queue-actions">
              <Button
                size="small"
                label={room.liftWhom(ban.name)}
                onClick={() => void lift(desk, bans, ban)}
              >
                {room.lift}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
