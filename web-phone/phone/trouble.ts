import type { Problem } from '../../protocol/http/problem.ts';

/** What stands between a person and the meeting. */
export type TroubleKind =
  | 'insecure-page'
  | 'microphone-refused'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'microphone-failed'
  | 'link-unknown'
  | 'meeting-ended'
  | 'meeting-full'
  | 'meeting-locked'
  | 'banned'
  | 'server-busy'
  | 'server-unreachable'
  | 'call-failed';

export interface Trouble {
  readonly kind: TroubleKind;
  readonly title: string;
  /** What to do about it. */
  readonly advice: string;
}

const WORDS: Record<TroubleKind, readonly [title: string, advice: string]> = {
  'insecure-page': [
    'This page cannot use a microphone',
    'Browsers allow microphones only on secure pages. Open the link with https://, or ask whoever runs this server to set up a certificate. You can still join by phone.',
  ],
  'microphone-refused': [
    'The microphone is blocked',
    'Your browser was told not to share it. Click the lock or microphone sign beside the address, allow the microphone for this page, then try again.',
  ],
  'microphone-missing': [
    'No microphone found',
    'Plug in a headset or microphone and try again. You can also join now and only listen.',
  ],
  'microphone-busy': [
    'The microphone is in use',
    'Another program holds it. Close other calls and recorders, or choose a different microphone, then try again.',
  ],
  'microphone-failed': [
    'The microphone did not start',
    'Unplug it and plug it in again, or choose a different one, then try again.',
  ],
  'link-unknown': [
    'This link does not work',
    'It may be mistyped or too old. Ask whoever invited you for a new one.',
  ],
  'meeting-ended': [
    'This meeting has ended',
    'If you expected it to go on, ask whoever invited you for a new link.',
  ],
  'meeting-full': [
    'The meeting is full',
    'Every place is taken. Try again when somebody has left, or ask the moderator to make room.',
  ],
  'meeting-locked': [
    'The meeting is locked',
    'A moderator has closed the door. Ask them to unlock the room, then try again.',
  ],
  banned: [
    'You are banned from this meeting',
    'A moderator keeps you out. If you think it was a mistake, speak with whoever runs the meeting.',
  ],
  'server-busy': [
    'The phone system is not ready',
    'It may be starting or shutting down. Wait a moment, then try again.',
  ],
  'server-unreachable': [
    'The server does not answer',
    'Check that you are online, then try again. If others cannot connect either, tell whoever runs the server.',
  ],
  'call-failed': [
    'The call did not go through',
    'Try again. If it happens twice, join by phone and tell whoever runs the server.',
  ],
};

/** `told` is the server's own explanation and goes before ours. */
export function trouble(kind: TroubleKind, told?: string): Trouble {
  const [title, advice] = WORDS[kind];
  return { kind, title, advice: told ?? advice };
}

/** Names of `DOMException` as getUserMedia gives them (W3C Media Capture and Streams, 10.3.1). */
export function microphoneTrouble(name: string): Trouble {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return trouble('microphone-refused');
    case 'NotFoundError':
    case 'OverconstrainedError':
      return trouble('microphone-missing');
    case 'NotReadableError':
    case 'AbortError':
      return trouble('microphone-busy');
    default:
      return trouble('microphone-failed');
  }
}

/** What a refused HTTP request for a ticket means for the person who holds it. */
export function ticketTrouble(problem: Problem): Trouble {
  if (problem.status === 0) return trouble('server-unreachable');
  if (problem.status === 410 || problem.status === 409) return trouble('meeting-ended');
  if (problem.status === 403) return trouble('banned');
  if (problem.status === 404 || problem.status === 401) return trouble('link-unknown');
  if (problem.status === 503) return trouble('server-busy');
  return trouble('call-failed', problem.detail);
}

/** What a final SIP response (RFC 3261 section 21) means for the caller. */
export function sipTrouble(status: number): Trouble {
  if (status === 486 || status === 600) return trouble('meeting-full');
  // A locked room answers 480 (try later): FreeSWITCH has no nearer word for it.
  if (status === 403 || status === 423 || status === 480) return trouble('meeting-locked');
  if (status === 603) return trouble('banned');
  if (status === 404 || status === 410 || status === 604) return trouble('meeting-ended');
  if (status === 408) return trouble('server-unreachable');
  if (status === 503) return trouble('server-busy');
  return trouble('call-failed');
}

/** Whether a repeated attempt, with nothing else changed, may well succeed. */
export function mayPass(kind: TroubleKind): boolean {
  return kind === 'server-unreachable' || kind === 'server-busy' || kind === 'call-failed';
}
