import type { Problem } from '../../protocol/http/problem.ts';
import { problemWords } from '../words/problem-words.ts';
import type { problems } from '../words/en/problems.ts';

/** What stands between a person and the meeting. */
export type TroubleKind =
  | 'insecure-page'
  | 'browser-too-old'
  | 'microphone-refused'
  | 'microphone-refused-by-system'
  /** The browser's question was closed without an answer: it may be asked again. */
  | 'microphone-dismissed'
  | 'microphone-missing'
  | 'microphone-unplugged'
  | 'microphone-busy'
  | 'microphone-failed'
  | 'link-unknown'
  | 'meeting-ended'
  | 'meeting-full'
  | 'meeting-locked'
  | 'banned'
  | 'server-busy'
  | 'server-unreachable'
  /** SIP gets through and sound does not. */
  | 'network-blocked'
  /** Nor does the TURN server take the name and password that the server made for us. */
  | 'relay-refused'
  | 'call-failed';

export interface Trouble {
  readonly kind: TroubleKind;
  /** What the server refused, where its kind does not say it all. */
  readonly problem?: Problem;
}

export interface TroubleWords {
  readonly trouble: Readonly<
    Record<TroubleKind, { readonly title: string; readonly advice: string }>
  >;
  readonly problems: typeof problems;
}

export function trouble(kind: TroubleKind, problem?: Problem): Trouble {
  return problem === undefined ? { kind } : { kind, problem };
}

/** What it is called and what to do about it. What the server says goes before what we guess. */
export function wordsOf(
  { kind, problem }: Trouble,
  words: TroubleWords,
): { readonly title: string; readonly advice: string } {
  const { title, advice } = words.trouble[kind];
  return { title, advice: problem ? problemWords(problem, words.problems) : advice };
}

/** How getUserMedia failed, and what the browser says of the permission afterwards. */
export interface Refused {
  /** Of the `DOMException` (W3C Media Capture and Streams, 10.3.1). */
  readonly name: string;
  readonly message?: string;
  /** `prompt`: it would ask again. Absent where the browser does not tell. */
  readonly permission?: PermissionState | undefined;
}

export function microphoneTrouble(refused: Refused): Trouble {
  switch (refused.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return trouble(whyNotAllowed(refused));
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

/** Chromium says in the message whose the refusal was; others leave the permission at `prompt`. */
function whyNotAllowed({ message = '', permission }: Refused): TroubleKind {
  if (/system/i.test(message)) return 'microphone-refused-by-system';
  const dismissed = /dismiss/i.test(message) || permission === 'prompt';
  return dismissed ? 'microphone-dismissed' : 'microphone-refused';
}

/** What a refused HTTP request for a ticket means for the person who holds it. */
export function ticketTrouble(problem: Problem): Trouble {
  if (problem.status === 0) return trouble('server-unreachable');
  if (problem.status === 410 || problem.status === 409) return trouble('meeting-ended');
  if (problem.status === 403) return trouble('banned');
  if (problem.status === 404 || problem.status === 401) return trouble('link-unknown');
  if (problem.status === 503) return trouble('server-busy');
  return trouble('call-failed', problem);
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
