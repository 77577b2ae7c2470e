import type { FeedMessage } from '../../protocol/room/feed.ts';
import { parseFeedMessage } from '../../protocol/room/feed.ts';

/** What of a WebSocket is used: a browser's is one, and so is that of the package ws. */
export interface FeedSocket {
  addEventListener(kind: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(kind: 'close', listener: (event: FeedClosed) => void): void;
  /** A close follows each error and says what there is to say. */
  addEventListener(kind: 'error', listener: () => void): void;
  close(): void;
}

interface FeedClosed {
  readonly code: number;
  readonly reason: string;
}

export interface FeedWay {
  /** `https://host`. */
  readonly base: string;
  readonly bearer: string;
  readonly openSocket: (url: string, protocols: readonly string[]) => FeedSocket;
  /** Waits before it connects again. */
  readonly wait: (ms: number) => Promise<void>;
}

export interface FollowOptions {
  /** Only this meeting; absent: all that the key may see. */
  readonly meeting?: string;
  /** Begins with this number, where the server still has it. */
  readonly from?: number;
  /** Ends the feed. */
  readonly signal?: AbortSignal;
}

/** The server ended the feed for good: the key ran out, was banned, or the meeting is gone. */
export class FeedEnded extends Error {
  override readonly name = 'FeedEnded';
  readonly code: number;

  constructor(code: number, reason: string) {
    super(reason === '' ? `The server ended the feed (${code}).` : reason);
    this.code = code;
  }
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
const OURS = 4_000;

/**
 * The feed: a snapshot, then what happens, each once and in its order. After a break it goes on where
 * it was; where the server cannot, a fresh snapshot comes. Throws `FeedEnded`.
 */
export async function* follow(
  way: FeedWay,
  { meeting, from, signal }: FollowOptions = {},
): AsyncGenerator<FeedMessage, void> {
  let next = from;
  let waitMs = FIRST_WAIT_MS;
  while (!isOver(signal)) {
    for await (const message of connection(way, addressOf(way.base, meeting, next), signal)) {
      if (isOver(signal)) return;
      waitMs = FIRST_WAIT_MS;
      if (isGap(message, next)) {
        next = undefined;
        break;
      }
      if (next !== undefined && message.seq < next && message.kind !== 'snapshot') continue;
      next = message.seq + 1;
      yield message;
    }
    if (isOver(signal)) return;
    await way.wait(waitMs);
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
  }
}

function isOver(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function isGap(message: FeedMessage, next: number | undefined): boolean {
  return message.kind !== 'snapshot' && next !== undefined && message.seq > next;
}

/** What one connection says, until it closes. */
async function* connection(
  way: FeedWay,
  url: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<FeedMessage, void> {
  const heard: FeedMessage[] = [];
  let closed: FeedClosed | undefined;
  let wake: () => void = () => undefined;
  const socket = way.openSocket(url, ['partyline.v1', `bearer.${way.bearer}`]);
  const stop = (): void => socket.close();
  signal?.addEventListener('abort', stop);
  socket.addEventListener('message', ({ data }) => {
    const message = parseFeedMessage(String(data));
    if (message) heard.push(message);
    wake();
  });
  socket.addEventListener('error', () => undefined);
  socket.addEventListener('close', (end) => {
    closed = end;
    wake();
  });
  try {
    for (;;) {
      yield* heard.splice(0);
      if (closed) break;
      await new Promise<void>((resolve) => (wake = resolve));
    }
    if (closed.code >= OURS) throw new FeedEnded(closed.code, closed.reason);
  } finally {
    signal?.removeEventListener('abort', stop);
    socket.close();
  }
}

function addressOf(base: string, meeting: string | undefined, from: number | undefined): string {
  const url = new URL('/api/v1/events', base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (meeting !== undefined) url.searchParams.set('meeting', meeting);
  if (from !== undefined) url.searchParams.set('from', String(from));
  return url.href;
}
