import type { Language } from '../../protocol/call/language.ts';
import type { DialIn } from '../../protocol/http/views.ts';
import type { Meeting } from '../rules/meeting.ts';

/** All that an invitation says. */
export interface Invitation {
  readonly meeting: Meeting;
  /** What it is written in. */
  readonly language: Language;
  readonly link: string;
  readonly code: string;
  readonly dialIn: readonly DialIn[];
}

/** A number of the telephone network with the code behind two pauses: one tap, and one is in. */
export function oneTap({ number }: DialIn, code: string): string | undefined {
  return number.startsWith('+') ? `tel:${number},,${code}#` : undefined;
}

/** `482 190 7735`: ten digits are read out in three breaths. */
export function spaced(code: string): string {
  return code.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');
}
