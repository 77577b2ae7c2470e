import type { AlarmView } from '../../protocol/http/views.ts';

/** What an alarm means, in a line each. */
export interface AlarmWords {
  readonly title: string;
  readonly meaning: string;
  /** What lifting it does. */
  readonly lift: string;
}

export function alarmWords({ kind, who }: AlarmView): AlarmWords {
  switch (kind) {
    case 'caller':
      return {
        title: `Wrong codes from ${who || 'one caller'}`,
        meaning: 'This caller typed too many wrong codes, and no code of theirs is tried any more.',
        lift: 'They may try codes again at once.',
      };
    case 'code-range':
      return {
        title: `Somebody tries codes that begin with ${who || 'the same digits'}`,
        meaning:
          'Many wrong codes begin alike. Callers who were never here get one try at such codes; those who were are let in as ever.',
        lift: 'Such codes are tried as usual again.',
      };
    case 'all':
      return {
        title: `Somebody hunts for codes (${who})`,
        meaning:
          'Too many wrong codes came from everywhere. Callers who were never here get one try each; those who were are let in as ever.',
        lift: 'Everybody has the usual number of tries again.',
      };
    case 'login':
      return {
        title: `Wrong keys or passwords from ${who || 'one address'}`,
        meaning: 'Too many wrong tries at this console’s door. Who tries so must wait.',
        lift: 'They may try again at once.',
      };
    case 'webhook':
      return {
        title: `The webhook to ${who} is paused`,
        meaning: 'Its server did not take events for a day. They are kept for four days.',
        lift: 'The alarm is gone. Resume the webhook on its own page.',
      };
  }
}

/** Those that hold now; the others are of the last 24 hours. */
export function inForce(alarms: readonly AlarmView[], nowMs: number): readonly AlarmView[] {
  return alarms.filter(({ until }) => Date.parse(until) > nowMs);
}
