import type { FeedMessage } from '../../protocol/room/feed.ts';
import { follow } from './feed.ts';
import type { FeedSocket, FollowOptions } from './feed.ts';
import { HouseClient } from './house.ts';
import { Line } from './line.ts';
import { MeetingsClient, RoomClient } from './meetings.ts';

export interface ClientSettings {
  /** `https://meet.example.org`. */
  readonly url: string;
  /** The admin key, a key of a person, or a feed token. */
  readonly key: string;
  /** Absent: the one of Node or the browser. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Absent: `new WebSocket`, which Node has from 22 on. */
  readonly openSocket?: (url: string, protocols: readonly string[]) => FeedSocket;
}

/** Partyline's API for programs in TypeScript. Refusals are thrown as `ProblemError`. */
export class PartylineClient {
  readonly meetings: MeetingsClient;
  readonly house: HouseClient;
  /** For what has no method here. */
  readonly line: Line;
  /** What the client shows to say who it is. */
  readonly bearer: string;
  readonly #settings: ClientSettings;

  constructor(settings: ClientSettings) {
    const { url, key, fetch = globalThis.fetch } = settings;
    this.#settings = settings;
    this.bearer = key;
    this.line = new Line({ fetch, base: originOf(url), bearer: key });
    this.meetings = new MeetingsClient(this.line);
    this.house = new HouseClient(this.line);
  }

  room(meeting: string): RoomClient {
    return new RoomClient(this.line, meeting);
  }

  /** The feed, for as long as it is read: over breaks it goes on where it was. */
  events(options: FollowOptions = {}): AsyncGenerator<FeedMessage, void> {
    const { url, key, openSocket = browserSocket } = this.#settings;
    return follow({ base: originOf(url), bearer: key, openSocket, wait: pause }, options);
  }
}

/** Throws where the address is none. */
function originOf(url: string): string {
  return new URL(url).origin;
}

function browserSocket(url: string, protocols: readonly string[]): FeedSocket {
  return new WebSocket(url, [...protocols]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
