import type { AlarmView } from '../../protocol/http/views.ts';
import type { alarms } from '../words/en/alarms.ts';

/** What an alarm means, in a line each. */
export interface AlarmWords {
  readonly title: string;
  readonly meaning: string;
  /** What lifting it does. */
  readonly lift: string;
}

/** Which callers are meant (`meetings/rules/sources.ts`), at the end of what a hunt is about. */
const NETWORK = /\b(?:numbers|addresses)(?=\)?$)/;

export function alarmWords({ kind, who }: AlarmView, say: typeof alarms): AlarmWords {
  if (kind !== 'all' && kind !== 'code-range') return say.kind[kind](who);
  const spoken = who.replace(NETWORK, (network) =>
    network === 'numbers' ? say.network.numbers : say.network.addresses,
  );
  return say.kind[kind](spoken);
}

/** Whoever put this one away is told again where it begins anew. */
export function nameOfAlarm({ id, since }: AlarmView): string {
  return `${id} ${since}`;
}

/** Those that hold now; the others are of the last 24 hours. */
export function inForce(alarms: readonly AlarmView[], nowMs: number): readonly AlarmView[] {
  return alarms.filter(({ until }) => Date.parse(until) > nowMs);
}
