import { Banner } from '../../style/banner.tsx';
import { nowMs } from '../../style/clock.ts';
import { alarmWords, inForce } from '../alarm-words.ts';
import { words } from '../../words/words.ts';
import { formatRoute } from '../route.ts';
import type { DeskProps } from './page.tsx';

/** Says on every place that a limit on wrong codes or keys is full. */
export function AlarmBanner({ desk }: DeskProps) {
  const [first, ...others] = inForce(desk.alarms.list.value ?? [], nowMs.value);
  if (first === undefined || desk.route.value.kind === 'alarms') return null;
  const say = words('console').alarms;
  const { title, meaning } = alarmWords(first, say);
  return (
    <Banner
      look="warning"
      title={title}
      actions={
        <a class="button button-plain button-small" href={formatRoute({ kind: 'alarms' })}>
          {others.length === 0 ? say.look : say.lookMore(others.length)}
        </a>
      }
    >
      {meaning}
    </Banner>
  );
}
