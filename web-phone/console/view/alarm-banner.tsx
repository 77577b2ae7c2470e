import { useSignal } from '@preact/signals';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { nowMs } from '../../style/clock.ts';
import { alarmWords, inForce, nameOfAlarm } from '../alarm-words.ts';
import { words } from '../../words/words.ts';
import { formatRoute } from '../route.ts';
import type { DeskProps } from './page.tsx';

/** Says on every place that a limit on wrong codes or keys is full, until it is put away. */
export function AlarmBanner({ desk }: DeskProps) {
  const away = useSignal<ReadonlySet<string>>(new Set());
  const holding = inForce(desk.alarms.list.value ?? [], nowMs.value);
  const [first, ...others] = holding.filter((alarm) => !away.value.has(nameOfAlarm(alarm)));
  if (first === undefined || desk.route.value.kind === 'alarms') return null;
  const say = words('console').alarms;
  const { title, meaning } = alarmWords(first, say);
  return (
    <Banner
      look="warning"
      title={title}
      actions={
        <>
          <a class="button button-plain button-small" href={formatRoute({ kind: 'alarms' })}>
            {others.length === 0 ? say.look : say.lookMore(others.length)}
          </a>
          <Button
            size="small"
            onClick={() => (away.value = new Set(holding.map((alarm) => nameOfAlarm(alarm))))}
          >
            {say.putAway}
          </Button>
        </>
      }
    >
      {meaning}
    </Banner>
  );
}
