import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { HouseBanView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { Icon } from '../../style/icon.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { words } from '../../words/words.ts';
import { formatRoute } from '../route.ts';
import { AddBan } from './add-ban.tsx';
import { ListedRows } from './listed-rows.tsx';
import type { DeskProps } from './page.tsx';
import { PlaceHead } from './place-head.tsx';

/** Who may not come into one meeting, or into any; and banning somebody from all. */
export function Bans({ desk }: DeskProps) {
  const adding = useSignal(false);
  useEffect(() => desk.bans.watch(), [desk]);
  const say = words('console').bans;
  return (
    <main class="place">
      <PlaceHead
        heading={say.heading}
        add={{ words: say.add, onClick: () => (adding.value = true) }}
      />
      <p class="soft">{say.about}</p>
      <ListedRows
        of={desk.bans}
        only={({ id }) => !desk.leaving.has(id)}
        empty={
          <div class="empty">
            <h2>{say.noneTitle}</h2>
            <p>{say.none}</p>
          </div>
        }
        row={(ban) => <BanRow key={ban.id} desk={desk} ban={ban} />}
      />
      {adding.value && <AddBan desk={desk} onClose={() => (adding.value = false)} />}
    </main>
  );
}

function BanRow({ desk, ban }: DeskProps & { readonly ban: HouseBanView }) {
  const say = words('console').bans;
  const { meeting, name, number, by, bannedAt, until } = ban;
  return (
    <li class="row-card">
      <span class={`lamp${meeting ? '' : ' lamp-on'}`} aria-hidden="true">
        <Icon name="ban" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <bdi>{name}</bdi>
          {number !== '' && (
            <span class="soft">
              {' '}
              <bdi>{number}</bdi>
            </span>
          )}
        </span>
        <span>
          {meeting ? (
            <a href={formatRoute({ kind: 'meeting', id: meeting.id })}>{say.in(meeting.name)}</a>
          ) : (
            say.every
          )}
          {until !== undefined && ` · ${say.until(spokenTime(until))}`}
        </span>
        <span class="soft">{say.by(say.who[by] ?? by, spokenTime(bannedAt))}</span>
      </span>
      <span class="row-actions">
        <Button size="small" label={say.liftWhom(name)} onClick={() => lift(desk, ban)}>
          {say.lift}
        </Button>
      </span>
    </li>
  );
}

/** Sent once its notice is gone: whom a slip let in again would be in before it is seen. */
function lift({ leaving, bans }: DeskProps['desk'], { id, name }: HouseBanView): void {
  const text = words('console').bans.lifted(name);
  leaving.take({ id, text, remove: () => bans.remove(id) });
}
