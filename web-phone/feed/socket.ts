import { effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { RoomEvent } from '../../protocol/room/event.ts';
import { parseFeedMessage } from '../../protocol/room/feed.ts';
import type { RoomId, Rooms } from '../../protocol/room/room.ts';
import { SILENT_FEED, step } from './state.ts';
import type { FeedEffect, FeedInput, FeedState } from './state.ts';

export interface FeedOptions {
  /** Only this meeting; absent: all of them. */
  readonly meeting?: RoomId;
  /** The softphone's token; the console is known by its cookie. */
  readonly token?: string;
  /** Each fact, after it was applied, with the rooms as they were before it. */
  readonly onFact?: (event: RoomEvent, before: Rooms) => void;
  /** The socket closed; another attempt follows by itself. */
  readonly onClosed?: () => void;
}

/** The live feed: connects, stays connected, and keeps `state` true. */
export class Feed {
  readonly #state = signal<FeedState>(SILENT_FEED);
  readonly #options: FeedOptions;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#connect();
    window.addEventListener('online', this.#hurry);
  }

  get state(): ReadonlySignal<FeedState> {
    return this.#state;
  }

  stop(): void {
    this.#stopped = true;
    window.removeEventListener('online', this.#hurry);
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  readonly #hurry = (): void => {
    if (this.#socket === undefined) this.#connect();
  };

  #connect(): void {
    clearTimeout(this.#timer);
    const socket = new WebSocket(address(this.#options.meeting), protocols(this.#options.token));
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#hear(String(data));
    socket.onclose = () => {
      if (this.#socket !== socket || this.#stopped) return;
      this.#socket = undefined;
      this.#take({ kind: 'closed', chance: Math.random() });
      this.#options.onClosed?.();
    };
  }

  #hear(text: string): void {
    const message = parseFeedMessage(text);
    // A message that this page does not know leaves a gap in the numbers, which heals itself.
    if (message === undefined) return;
    const before = this.#state.peek().rooms;
    this.#take({ kind: 'message', message });
    const after = this.#state.peek().rooms;
    if (message.kind === 'event' && after !== before) this.#options.onFact?.(message.event, before);
  }

  #take(input: FeedInput): void {
    const [next, effects] = step(this.#state.peek(), input);
    this.#state.value = next;
    for (const each of effects) this.#run(each);
  }

  #run(wanted: FeedEffect): void {
    if (wanted.kind === 'drop') this.#socket?.close();
    else this.#timer = setTimeout(() => this.#connect(), wanted.ms);
  }
}

/** Calls `look` now and whenever the feed's state changes. Returns how to stop. */
export function watch(feed: Feed, look: (state: FeedState) => void): () => void {
  return effect(() => look(feed.state.value));
}

function address(meeting?: RoomId): string {
  const url = new URL('/api/v1/events', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (meeting !== undefined) url.searchParams.set('meeting', meeting);
  return url.href;
}

function protocols(token?: string): string[] {
  return token === undefined ? ['partyline.v1'] : ['partyline.v1', `bearer.${token}`];
}
