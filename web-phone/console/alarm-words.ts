import type { AlarmView } from '../../protocol/http/views.ts';
import type { alarms } from '../words/en/alarms.ts';

/** What an alarm means, in a line each. */
export interface AlarmWords {
  readonly title: string;
  readonly meaning: string;
  /** What lifting it does. */
  readonly lift: string;
}

export function alarmWords({ kind, who }: AlarmView, say: typeof alarms): AlarmWords {
  return say.kind[kind](who);
}

/** Whoever put this one away is told again where it begins anew. */
export function nameOfAlarm({ id, since }: AlarmView): string {
  return `${id} ${since}`;
}

/** Those that hold now; the others are of the last 24 hours. */
export function inForce(alarms: readonly AlarmView[], nowMs: number): readonly AlarmView[] {
  return alarms.filter(({ until }) => Date.parse(until) > nowMs);
}
