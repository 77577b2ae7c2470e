import { IDENTITY_HEADER } from '../protocol/call/identity.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import { DRIVER } from './driver.ts';
import { legName } from './esl-words.ts';

/** The channel variable in which a leg keeps who it became at the reception. */
export const WHO_VARIABLE = 'partyline_identity';

/**
 * Normal events first and CUSTOM last: FreeSWITCH takes every word after CUSTOM for a subclass.
 */
export const SUBSCRIBE_EVENTS = [
  'event json CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE DTMF CHANNEL_HOLD',
  'CHANNEL_UNHOLD CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER BACKGROUND_JOB SHUTDOWN',
  'SEND_RTCP_MESSAGE RECV_RTCP_MESSAGE',
  `CUSTOM conference::maintenance ${DRIVER}`,
].join(' ');
export const SUBSCRIBE_JOBS = 'event json BACKGROUND_JOB';
export const LIST_CHANNELS = 'show channels as json';
export const STATUS = 'status';

/** `true` or `false`, whether it is loaded. */
export function moduleLine(module: string): string {
  if (!/^mod_\w+$/.test(module)) throw new Error('no name of a module');
  return `module_exists ${module}`;
}

/**
 * Why a leg is hung up, and the SIP status that mod_sofia makes of it while the call is unanswered
 * (mod_sofia.c, hangup_cause_to_sip).
 */
export type Cause =
  /** 603: do not try again. */
  | 'CALL_REJECTED'
  /** 486. */
  | 'USER_BUSY'
  /** 480: try later. */
  | 'NORMAL_UNSPECIFIED'
  /** 404. */
  | 'UNALLOCATED_NUMBER'
  /** 503: another try may find the right node. */
  | 'NORMAL_TEMPORARY_FAILURE'
  /** A call of ours is given up. */
  | 'ORIGINATOR_CANCEL'
  | 'NORMAL_CLEARING';

export function killLine(leg: ParticipantId, cause: Cause): string {
  return `uuid_kill ${legName(leg)} ${cause}`;
}

export function variableLine(leg: ParticipantId, variable: string): string {
  return `uuid_getvar ${legName(leg)} ${variable}`;
}

/** `identity` as protocol/call/identity.ts formats it. */
export function rememberLine(leg: ParticipantId, identity: string): string {
  return `uuid_setvar ${legName(leg)} ${WHO_VARIABLE} ${signedWord(identity)}`;
}

/** A leg that was inside comes back in though the room is locked (mod_conference.c, conference_function). */
export function passLockLine(leg: ParticipantId): string {
  return `uuid_setvar ${legName(leg)} conference_enforce_security false`;
}

/** Has the BYE that ends the leg bear who it is, by which the gateway takes the call elsewhere. */
export function sendOnLine(leg: ParticipantId, identity: string): string {
  return `uuid_setvar ${legName(leg)} sip_bye_h_${IDENTITY_HEADER} ${signedWord(identity)}`;
}

function signedWord(identity: string): string {
  if (!/^[\w.-]+$/.test(identity)) throw new Error('an identity is base64url and dots');
  return identity;
}
