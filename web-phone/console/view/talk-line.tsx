import { REMEMBERED_MS } from '../../room/talk-log.ts';
import type { TalkSpan } from '../../room/talk-log.ts';

export interface TalkLineProps {
  readonly spans: readonly TalkSpan[];
  readonly nowMs: number;
  readonly label: string;
}

const WIDTH = 1_000;
/** A word is to be seen, however short. */
const THINNEST = 4;

/** When somebody talked within the last ten minutes, which end at the right. */
export function TalkLine({ spans, nowMs, label }: TalkLineProps) {
  const at = (ms: number) => WIDTH * (1 - Math.min(1, Math.max(0, nowMs - ms) / REMEMBERED_MS));
  return (
    <svg
      class="timeline-line"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} 20`}
      preserveAspectRatio="none"
    >
      <rect class="timeline-there" x={0} y={9} width={WIDTH} height={2} />
      {spans.map(({ fromMs, toMs = nowMs }) => (
        <rect
          key={fromMs}
          class="timeline-talk"
          x={Math.min(WIDTH - THINNEST, at(fromMs))}
          y={2}
          width={Math.max(THINNEST, at(toMs) - at(fromMs))}
          height={16}
        />
      ))}
    </svg>
  );
}
