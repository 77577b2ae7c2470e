import type { MemberMix } from '../../media/contract.ts';
import type { Channel } from './channel.ts';
import type { Relation } from './conference-relations.ts';
import type { MemberFlags } from './member-flags.ts';
import type { Playing } from './playing.ts';

/** One leg in a room (mod_conference's `conference_member_t`). */
export interface Member {
  /** Counted over all rooms; only for addressing commands. */
  readonly id: number;
  readonly channel: Channel;
  readonly flags: MemberFlags;
  readonly joinedUs: number;
  canSpeak: boolean;
  canHear: boolean;
  held: boolean;
  /** The gate is open. Cleared by mute and hold without an event. */
  talking: boolean;
  lastTalkingUs: number;
  /** -4 to 4. */
  volumeIn: number;
  volumeOut: number;
  energyLevel: number;
  score: number;
  /** Newest first, as FreeSWITCH links them. */
  relations: readonly Relation[];
  /** Sounds for this member alone; the first is playing. */
  readonly files: RoomFile[];
  /** Kicked, hung up or sent elsewhere: commands no longer find it. */
  leaving: boolean;
}

/** A sound that an API command plays in a room. */
export interface RoomFile {
  readonly file: string;
  readonly async: boolean;
  /** Absent until its turn comes. */
  playing?: Playing;
  readonly start: () => Playing;
}

export interface Recording {
  readonly path: string;
  readonly startedUs: number;
  state: 'starting' | 'running' | 'paused' | 'stopping';
}

/** `emptying`: nobody finds it by name any more; its recordings are being closed. */
export type RoomStage = 'running' | 'emptying' | 'gone';

/** One room (mod_conference's `conference_obj_t`). */
export interface Conference {
  readonly name: string;
  readonly uuid: string;
  readonly profileName: string;
  /** The part after `@` in presence, FreeSWITCH's `domain`. */
  readonly domain: string;
  readonly rate: number;
  readonly createdUs: number;
  readonly variables: Map<string, string>;
  /** Newest first, as FreeSWITCH links them. */
  readonly members: Member[];
  readonly recordings: Recording[];
  /** One after the other; the first is playing. */
  readonly files: RoomFile[];
  /** At the same time as the others; one at most. */
  asyncFile: RoomFile | undefined;
  stage: RoomStage;
  locked: boolean;
  /** An inbound leg has come in. */
  answered: boolean;
  floor: Member | undefined;
  maxMembers: number;
  minMembers: number;
  /** The minimum was once reached; falling below it ends the room. */
  enforceMin: boolean;
  graceSeconds: number;
  /** How many mandatory members are in. */
  mandatory: number;
  pin: string;
}

/** How many count for `Conference-Size`: all but ghosts. */
export function sizeOf(conference: Conference): number {
  return conference.members.filter((member) => !member.flags.ghost).length;
}

export function ghostsOf(conference: Conference): number {
  return conference.members.length - sizeOf(conference);
}

/** How the worker is to mix one member, whoever else is there. */
export function mixOf(member: Member): MemberMix {
  return {
    canSpeak: member.canSpeak,
    canHear: member.canHear,
    held: member.held,
    volumeIn: member.volumeIn,
    volumeOut: member.volumeOut,
    energyLevel: member.energyLevel,
    ...(member.flags.muteDetect ? { muteDetect: true } : {}),
  };
}
