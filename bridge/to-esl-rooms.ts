import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { unreachable } from '../protocol/unreachable.ts';
import {
  legName,
  memberNumber,
  quoted,
  roomName,
  soundFile,
  soundFiles,
  volumeStep,
} from './esl-words.ts';
import { IDENTITY_VARIABLE } from './from-esl.ts';
import { MEMO_VARIABLE, formatMemo } from './memo.ts';
import type { Standing } from './standing.ts';
import type { Fix } from './wishes.ts';

/** `quiet`, or mod_conference speaks "Muted" to the member and halts the room for 200 ms. */
export function memberLine(room: RoomId, memberId: number, fix: Fix): string {
  const id = memberNumber(memberId);
  switch (fix.kind) {
    case 'mute':
      return `conference ${roomName(room)} ${fix.on ? 'mute' : 'unmute'} ${id} quiet`;
    case 'deaf':
      return `conference ${roomName(room)} ${fix.on ? 'deaf' : 'undeaf'} ${id} quiet`;
    case 'hold':
      return `conference ${roomName(room)} ${fix.on ? 'hold' : 'unhold'} ${id}`;
    case 'volume-in':
      return `conference ${roomName(room)} volume_in ${id} ${volumeStep(fix.level)}`;
    case 'volume-out':
      return `conference ${roomName(room)} volume_out ${id} ${volumeStep(fix.level)}`;
    default:
      return unreachable(fix);
  }
}

/** Whether one member hears another; costs the room's mixer the square of its people (mod_conference.c). */
export function hearLine(room: RoomId, pair: readonly [number, number], on: boolean): string {
  const [listener, other] = pair.map(memberNumber);
  return `conference ${roomName(room)} relate ${listener} ${other} ${on ? 'clear' : 'nohear'}`;
}

export function kickLine(room: RoomId, memberId: number): string {
  return `conference ${roomName(room)} kick ${memberNumber(memberId)}`;
}

/** `to` as `roomWithFlags` has it. The member keeps its id, and gets no flags of its old room. */
export function transferLine(room: RoomId, memberId: number, to: string): string {
  return `conference ${roomName(room)} transfer ${to} ${memberNumber(memberId)}`;
}

export function lockLine(room: RoomId, on: boolean): string {
  return `conference ${roomName(room)} ${on ? 'lock' : 'unlock'}`;
}

/** One room's list. The list of all rooms would stop every conference command meanwhile. */
export function listLine(room: RoomId): string {
  return `conference ${roomName(room)} json_list`;
}

/** Laid over what the member hears; nobody else hears it. */
export function playToMemberLine(room: RoomId, memberId: number, files: readonly string[]): string {
  return `conference ${roomName(room)} play ${quoted(soundFiles(files))} ${memberNumber(memberId)}`;
}

/** Whatever plays to the member alone. */
export function stopPlayingLine(room: RoomId, memberId: number): string {
  return `conference ${roomName(room)} stop all ${memberNumber(memberId)}`;
}

/** To everybody; what is played to a room already ends first. */
export function playToRoomLine(room: RoomId, files: readonly string[]): string {
  return `conference ${roomName(room)} play ${quoted(soundFiles(files))}`;
}

export function recordLine(room: RoomId, path: string): string {
  return `conference ${roomName(room)} record ${quoted(soundFile(path))}`;
}

export function stopRecordingLine(room: RoomId): string {
  return `conference ${roomName(room)} norecord all`;
}

/** Writes on a leg what we keep of it. */
export function memoLine(leg: ParticipantId, standing: Standing): string {
  return `uuid_setvar ${legName(leg)} ${MEMO_VARIABLE} ${formatMemo(standing)}`;
}

/** Seconds that a called phone rings. */
const RING_SECONDS = 45;

export interface Origination {
  readonly leg: ParticipantId;
  /** The gateway's SIP side, as FreeSWITCH reaches it. */
  readonly gateway: { readonly host: string; readonly port: number };
  /** Signed, as protocol/call/identity.ts formats it. */
  readonly identity: string;
  readonly standing: Standing;
  /** The called one is a browser: ICE and DTLS-SRTP are offered. */
  readonly browser?: boolean;
}

/**
 * Calls the gateway, which finds in the identity whom to call. Parked once it is answered. Time
 * limits, silence and news of how it is received are as the dialplan gives callers' legs: no dialplan
 * sees this one.
 */
export function originateLine({ leg, gateway, identity, standing, browser }: Origination): string {
  const variables = [
    `origination_uuid=${legName(leg)}`,
    // By it the gateway knows the leg, should it go on at another switch.
    `sip_invite_call_id=${legName(leg)}`,
    `originate_timeout=${RING_SECONDS}`,
    'ignore_early_media=true',
    'media_timeout=10000',
    'media_hold_timeout=1800000',
    'send_silence_when_idle=-1',
    'fire_rtcp_events=true',
    ...(browser === true ? ['media_webrtc=true'] : []),
    `${IDENTITY_VARIABLE}=${identityWord(identity)}`,
    `${MEMO_VARIABLE}=${formatMemo(standing)}`,
  ];
  const to = `sofia/partyline/sip:outbound@${hostPort(gateway)}`;
  return `originate {${variables.join(',')}}${to} &park()`;
}

function identityWord(identity: string): string {
  if (!/^v1\.[\w-]+\.[\w-]+$/.test(identity)) throw new Error('not a signed identity');
  return identity;
}

function hostPort({ host, port }: Origination['gateway']): string {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('not a port');
  if (/^[\da-fA-F:.]+:[\da-fA-F:.]*$/.test(host)) return `[${host}]:${port}`;
  if (!/^[\w.-]+$/.test(host)) throw new Error('not a host');
  return `${host}:${port}`;
}
