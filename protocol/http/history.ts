import type { Quality } from '../room/quality.ts';
import type { Role, RoomId, Via } from '../room/room.ts';

/** One time that people met, as `/history` lists it. Times are ISO 8601 in UTC. */
export interface SessionSummary {
  readonly id: string;
  readonly meeting: RoomId;
  /** As the meeting was called then. */
  readonly name: string;
  readonly startedAt: string;
  /** Absent while it goes on. */
  readonly endedAt?: string;
  /** People who were inside, and the most at once. */
  readonly people: number;
  readonly most: number;
}

/** With everybody who was there, the first to come first. */
export interface SessionDetail extends SessionSummary {
  readonly visits: readonly VisitView[];
}

/** From when to when, in milliseconds since the session began. */
export type SpanView = readonly [fromMs: number, toMs: number];

/** One call's stay in a meeting. Somebody who came twice has two. */
export interface VisitView {
  readonly id: string;
  /** Empty where they were forgotten. */
  readonly name: string;
  /** Masked as in the list of people. */
  readonly number: string;
  /** By what they are found in other sessions, and forgotten. */
  readonly person?: string;
  readonly via: Via;
  readonly role: Role;
  readonly came: {
    readonly way:
      | 'link'
      | 'joining-code'
      | 'moderator-code'
      | 'personal-code'
      | 'extension'
      | 'called'
      | 'unknown';
    readonly trunk?: string;
    readonly dialled?: string;
  };
  /** Absent where they never got inside. */
  readonly joinedAt?: string;
  readonly leftAt?: string;
  /** In the lobby, before and between. */
  readonly waited: readonly SpanView[];
  readonly talked: readonly SpanView[];
  readonly talkedMs: number;
  readonly quality?: Quality;
  /** Absent while they are there. */
  readonly end?: {
    readonly reason:
      | 'hung-up'
      | 'removed'
      | 'refused'
      | 'meeting-ended'
      | 'connection-lost'
      | 'moved'
      | 'replaced'
      | 'unwatched';
    /** FreeSWITCH's `Hangup-Cause`. */
    readonly cause?: string;
    /** In plain words. */
    readonly words: string;
  };
  readonly deeds: readonly {
    readonly at: string;
    readonly act: string;
    readonly by?: string;
  }[];
}
