import { useEffect } from 'preact/hooks';
import type { AlarmView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { nowMs } from '../../style/clock.ts';
import { formatDuration } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { alarmWords } from '../alarm-words.ts';
import { runsHouse } from '../places.ts';
import { formatRoute } from '../route.ts';
import { spokenTime } from '../../style/local-time.ts';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';

/** Limits on wrong codes and keys that are full, or were within a day; lifting one forgives. */
export function Alarms({ desk }: DeskProps) {
  useEffect(() => desk.alarms.watch(), [desk]);
  const list = desk.alarms.list.value;
  const say = words('console').alarms;
  return (
    <main class="place" aria-busy={list === undefined}>
      <header class="section-head">
        <h1>{say.heading}</h1>
      </header>
      <p class="soft">
        {say.about}
        {runsHouse(desk.session.who) && (
          <>
            {' '}
            <a href={formatRoute({ kind: 'bans' })}>{say.toBans}</a>
          </>
        )}
      </p>
      <ShownProblem problem={desk.alarms.problem.value} onRetry={() => void desk.alarms.look()} />
      {list?.length === 0 && (
        <div class="empty">
          <h2>{say.quietTitle}</h2>
          <p>{say.quiet}</p>
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
  const say = words('console').alarms;
  const { title, meaning, lift } = alarmWords(alarm, say);
  const leftMs = Date.parse(alarm.until) - nowMs.value;
  return (
    <li class="row-card">
      <span class={`lamp${leftMs > 0 ? ' lamp-on' : ''}`} aria-hidden="true">
        <Icon name="warning" />
      </span>
      <span class="row-words">
        <span class="person-name">{title}</span>
        <span class="soft">
          {leftMs > 0 ? say.holds(formatDuration(leftMs)) : say.over} ·{' '}
          {say.since(spokenTime(alarm.since))} · {say.tries(alarm.count)}
        </span>
        {leftMs > 0 && <span class="soft">{meaning}</span>}
      </span>
      {runsHouse(desk.session.who) && (
        <span class="row-actions">
          {alarm.kind === 'webhook' && (
            <a class="button button-plain button-small" href={formatRoute({ kind: 'webhooks' })}>
              {say.toWebhooks}
            </a>
          )}
          {leftMs > 0 ? (
            <span title={lift}>
              <Button
                size="small"
                label={say.liftIt(title)}
                onClick={() => void forgive(desk, alarm, lift)}
              >
                {say.lift}
              </Button>
            </span>
          ) : (
            <Button
              size="small"
              label={say.forgetIt(title)}
              onClick={() => void forgive(desk, alarm, say.forgotten)}
            >
              {say.forget}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}

async function forgive(desk: DeskProps['desk'], { id }: AlarmView, done: string): Promise<void> {
  const answer = await desk.alarms.remove(id);
  if (answer.ok) desk.notices.done(done);
  else desk.refused(answer.problem);
}
