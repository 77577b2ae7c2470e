import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { OccurrenceView } from '../../../protocol/http/views.ts';
import { meetingPath } from '../../feed/to-http.ts';
import { Button } from '../../style/button.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { words } from '../../words/words.ts';
import { Times } from '../times.ts';
import type { RoomProps } from './meeting-room.tsx';

/** When a series takes place next; one time of it is left out, and brought back. */
export function RoomTimes({ desk, meeting }: RoomProps) {
  const times = useMemo(() => new Times(meetingPath(meeting.id, '/occurrences')), [meeting.id]);
  // The feed tells of each change, whoever made it.
  useEffect(() => void times.look(), [times, meeting]);
  const say = words('console').times;
  const list = times.list.value ?? [];
  if (list.length === 0 && times.problem.value === undefined) return null;
  return (
    <section class="queue" aria-label={say.title}>
      <header class="section-head">
        <h3>{say.title}</h3>
      </header>
      <p class="soft">{say.about}</p>
      <ShownProblem problem={times.problem.value} onRetry={() => void times.look()} />
      <ul class="queue-rows">
        {list.map((time) => (
          <Time key={time.at} desk={desk} times={times} time={time} />
        ))}
      </ul>
    </section>
  );
}

interface TimeProps {
  readonly desk: RoomProps['desk'];
  readonly times: Times;
  readonly time: OccurrenceView;
}

function Time({ desk, times, time }: TimeProps) {
  const waits = useSignal(false);
  const say = words('console').times;
  const when = spokenTime(time.startsAt);
  const isOut = time.skipped === true;
  const set = async (skipped: boolean) => {
    waits.value = true;
    const answer = await times.skip(time.at, skipped);
    waits.value = false;
    if (!answer.ok) return desk.refused(answer.problem);
    const said = skipped ? say.leftOut(when) : say.isBack(when);
    desk.notices.done(said, () => void set(!skipped), { about: `time ${time.at}` });
  };
  return (
    <li class="queue-row">
      <span class="queue-words">
        <span class="queue-name">{isOut ? <s>{when}</s> : when}</span>
        {isOut && <span class="soft">{say.isOut}</span>}
        {time.moved === true && <span class="soft">{say.moved}</span>}
      </span>
      {!desk.watching && (
        <span class="queue-actions">
          <Button
            size="small"
            waiting={waits.value}
            label={isOut ? say.backWhich(when) : say.leaveOutWhich(when)}
            onClick={() => void set(!isOut)}
          >
            {isOut ? say.back : say.leaveOut}
          </Button>
        </span>
      )}
    </li>
  );
}
