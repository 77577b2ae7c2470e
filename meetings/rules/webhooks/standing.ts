/** What is on its way, or is to be tried again: the same at every try. */
export interface Message {
  /** Rises by one with each message to one webhook, from 1. */
  readonly number: number;
  /** The numbers of the events in it, in their order. */
  readonly events: readonly number[];
  /** Numbers of events that were not kept long enough; before `events`. */
  readonly missed?: { readonly from: number; readonly to: number };
  /** How often it was tried. */
  readonly tries: number;
  readonly firstTriedMs: number;
  /** When it may be tried. */
  readonly dueMs: number;
}

export type WhyPaused = 'failing' | 'gone' | 'asked';

/** How one webhook stands. Times are milliseconds since 1970. */
export interface Standing {
  /** The number of the newest event that was delivered, or is not for it. */
  readonly deliveredTo: number;
  /** The number of its newest message. */
  readonly messages: number;
  readonly message?: Message;
  readonly paused?: { readonly atMs: number; readonly why: WhyPaused };
}

/** What came of one try. */
export type Outcome =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterS?: number }
  | { readonly kind: 'no-answer'; readonly why: string };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** What is waited after each try that failed; the last one ever after. */
const WAITS_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
];
/** So long it is tried; then the webhook pauses. */
export const PATIENCE_MS = 24 * HOUR;
/** Longer than this nobody makes us wait by `Retry-After`. */
const LONGEST_ASKED_MS = HOUR;
/** Waits are longer by up to a fifth, so that those who failed together do not come back together. */
const JITTER = 0.2;
const GONE = 410;

export function newStanding(deliveredTo: number): Standing {
  return { deliveredTo, messages: 0 };
}

/** The next message, due at once. Nothing is on its way. */
export function withMessage(
  standing: Standing,
  what: Pick<Message, 'events' | 'missed'>,
  nowMs: number,
): Standing {
  const number = standing.messages + 1;
  const message = { ...what, number, tries: 0, firstTriedMs: nowMs, dueMs: nowMs };
  return { ...standing, messages: number, message };
}

/** Events up to this number are not for this webhook. */
export function passedOver(standing: Standing, to: number): Standing {
  return standing.message || to <= standing.deliveredTo
    ? standing
    : { ...standing, deliveredTo: to };
}

export function isTaken(outcome: Outcome): boolean {
  return outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300;
}

/**
 * After a try of this message; `chance` is even in [0, 1). What was changed meanwhile, by who sent it
 * back or resumed it, stays.
 */
export function afterTry(
  standing: Standing,
  { number, outcome }: { readonly number: number; readonly outcome: Outcome },
  nowMs: number,
  chance: number,
): Standing {
  const { message } = standing;
  if (message?.number !== number) return standing;
  if (isTaken(outcome)) return delivered(standing, message);
  const tries = message.tries + 1;
  const dueMs = nowMs + waitMs(tries, outcome, chance);
  const failed = { ...standing, message: { ...message, tries, dueMs } };
  if (outcome.kind === 'answer' && outcome.status === GONE) return paused(failed, 'gone', nowMs);
  const isOver = dueMs - message.firstTriedMs > PATIENCE_MS;
  return isOver ? paused(failed, 'failing', nowMs) : failed;
}

export function paused(standing: Standing, why: WhyPaused, atMs: number): Standing {
  return standing.paused ? standing : { ...standing, paused: { atMs, why } };
}

/** Tried again at once, with a whole day of patience. */
export function resumed({ deliveredTo, messages, message }: Standing, nowMs: number): Standing {
  const anew = { tries: 0, firstTriedMs: nowMs, dueMs: nowMs };
  return { deliveredTo, messages, ...(message && { message: { ...message, ...anew } }) };
}

/** All from that event on is sent again, in new messages. */
export function rewound(standing: Standing, from: number): Standing {
  return movedTo(standing, Math.max(0, from - 1));
}

function delivered(standing: Standing, { events, missed }: Message): Standing {
  return movedTo(standing, events.at(-1) ?? missed?.to ?? standing.deliveredTo);
}

function movedTo({ messages, paused: pause }: Standing, deliveredTo: number): Standing {
  return { deliveredTo, messages, ...(pause && { paused: pause }) };
}

function waitMs(tries: number, outcome: Outcome, chance: number): number {
  const own = (WAITS_MS[tries - 1] ?? HOUR) * (1 + JITTER * chance);
  const asked = outcome.kind === 'answer' ? (outcome.retryAfterS ?? 0) * SECOND : 0;
  return Math.round(Math.max(own, Math.min(asked, LONGEST_ASKED_MS)));
}
