import { useEffect } from 'preact/hooks';
import type { AlarmView } from '../../../protocol/http/views.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { nowMs } from '../../style/clock.ts';
import { formatDuration } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { alarmWords } from '../alarm-words.ts';
import { runsHouse } from '../places.ts';
import { spokenTime } from '../../style/local-time.ts';
import type { DeskProps } from './page.tsx';

/** Limits on wrong codes and keys that are full, or were within a day; lifting one forgives. */
export function Alarms({ desk }: DeskProps) {
  useEffect(() => desk.alarms.watch(), [desk]);
  const list = desk.alarms.list.value;
  const problem = desk.alarms.problem.value;
  return (
    <main class="place">
      <header class="section-head">
        <h1>Alarms</h1>
      </header>
      <p class="soft">
        Whoever types too many wrong codes or keys is slowed down. Here is whom that holds for now,
        or held for within the last 24 hours.
      </p>
      {problem && <Banner look="warning">{problem.detail}</Banner>}
      {list?.length === 0 && (
        <div class="empty">
          <h2>All is quiet</h2>
          <p>Nobody typed too many wrong codes or keys within the last 24 hours.</p>
        </div>
      )}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.map((alarm) => (
            <AlarmRow key={alarm.id} desk={desk} alarm={alarm} />
          ))}
        </ul>
      )}
    </main>
  );
}

function AlarmRow({ desk, alarm }: DeskProps & { readonly alarm: AlarmView }) {
  const { title, meaning, lift } = alarmWords(alarm);
  const leftMs = Date.parse(alarm.until) - nowMs.value;
  return (
    <li class="row-card">
      <span class={`lamp${leftMs > 0 ? ' lamp-on' : ''}`} aria-hidden="true">
        <Icon name="warning" />
      </span>
      <span class="row-words">
        <span class="person-name">{title}</span>
        <span class="soft">
          {leftMs > 0 ? `Holds for ${formatDuration(leftMs)} more` : 'Over'} · since{' '}
          {spokenTime(alarm.since)} · {alarm.count} {alarm.count === 1 ? 'try' : 'tries'}
        </span>
        {leftMs > 0 && <span class="soft">{meaning}</span>}
      </span>
      {leftMs > 0 && runsHouse(desk.session.who) && (
        <span title={lift}>
          <Button size="small" label={`Lift: ${title}`} onClick={() => void forgive(desk, alarm)}>
            Lift
          </Button>
        </span>
      )}
    </li>
  );
}

async function forgive(desk: DeskProps['desk'], alarm: AlarmView): Promise<void> {
  const answer = await desk.alarms.remove(alarm.id);
  if (answer.ok) desk.notices.done(alarmWords(alarm).lift);
  else desk.notices.warn(answer.problem.detail);
}
