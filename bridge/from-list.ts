import { isParticipantId, isRoomId } from '../protocol/room/room.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { isRecord, parseJson } from '../protocol/room/shape.ts';
import { clampVolume, isMemberId } from './from-esl.ts';
import type { RoomListed } from './sighting.ts';
import { isPairId } from './to-esl-calls.ts';
import type { PairId } from './to-esl-calls.ts';

/** What `conference <room> json_list` replied. */
export type Listing =
  | { readonly kind: 'open'; readonly listed: RoomListed }
  | { readonly kind: 'no-such-room' }
  /** Nothing to conclude anything from. */
  | { readonly kind: 'unreadable' };

type Json = Readonly<Record<string, unknown>>;

/** Reads the reply of `conference <room> json_list` (conference_api.c, conference_jlist). */
export function fromList(room: RoomId, reply: string): Listing {
  if (/^-ERR Conference \S+ not found/.test(reply)) return { kind: 'no-such-room' };
  const value = parseJson(reply);
  if (!Array.isArray(value)) return { kind: 'unreadable' };
  const conference = (value as readonly unknown[])
    .filter(isRecord)
    .find((entry) => entry.conference_name === room);
  if (conference === undefined) return { kind: 'no-such-room' };
  const listed = readRoom(room, conference);
  return listed === undefined ? { kind: 'unreadable' } : { kind: 'open', listed };
}

function readRoom(room: RoomId, conference: Json): RoomListed | undefined {
  const { conference_uuid: id, members } = conference;
  if (typeof id !== 'string' || id === '') return undefined;
  return {
    life: { room, conference: id },
    locked: conference.locked === true,
    recording: conference.recording === true,
    ageMs: seconds(conference.run_time),
    members: (Array.isArray(members) ? members : []).filter(isRecord).flatMap(readMember),
  };
}

function readMember(entry: Json): RoomListed['members'] {
  const { type, uuid, id } = entry;
  const flags = isRecord(entry.flags) ? entry.flags : {};
  if (type !== 'caller' || typeof uuid !== 'string' || !isParticipantId(uuid)) return [];
  if (typeof id !== 'number' || !isMemberId(id)) return [];
  const held = flags.hold === true;
  // While held, mod_conference shows can_speak and can_hear as false whatever they are.
  return [
    {
      leg: uuid,
      memberId: id,
      muted: held ? undefined : flags.can_speak === false,
      deaf: held ? undefined : flags.can_hear === false,
      held,
      talking: !held && flags.talking === true && flags.can_speak !== false,
      volume: { in: volume(entry.volume_in), out: volume(entry.volume_out) },
      joinedAgoMs: seconds(entry.join_time),
    },
  ];
}

/** A leg as `show channels as json` lists it. */
export interface ChannelListed {
  readonly leg: ParticipantId;
  /** The last application it was given; it stays after the application's end. */
  readonly application: string;
  /** The room it was sent to, where it was. */
  readonly room?: RoomId;
  /** The call between registered people that it is in. */
  readonly pair?: PairId;
  /** How a call of ours fares. */
  readonly called?: 'calling' | 'ringing' | 'answered';
  /** Whether its own phone holds the call, where the list tells. */
  readonly onHold?: boolean;
}

/** Reads the reply of `show channels as json`; `undefined` where it is none. */
export function fromChannels(reply: string): readonly ChannelListed[] | undefined {
  const value = parseJson(reply);
  if (!isRecord(value)) return undefined;
  const { rows } = value;
  return (Array.isArray(rows) ? rows : []).filter(isRecord).flatMap(readChannel);
}

function readChannel(row: Json): readonly ChannelListed[] {
  const { uuid, application, application_data: data, direction, callstate } = row;
  if (typeof uuid !== 'string' || !isParticipantId(uuid)) return [];
  const name = typeof application === 'string' ? application : '';
  const room = typeof data === 'string' ? (data.split(/[@+]/)[0] ?? '') : '';
  const known = name === 'conference' && isRoomId(room);
  return [
    {
      leg: uuid,
      application: name,
      ...(known ? { room } : {}),
      ...(name === 'conference' && isPairId(room) ? { pair: room } : {}),
      ...(direction === 'outbound' ? { called: calledAs(callstate) } : {}),
      ...(typeof callstate === 'string' && { onHold: callstate === 'HELD' }),
    },
  ];
}

/** switch_channel.c's names for the state of a call. */
function calledAs(callstate: unknown): NonNullable<ChannelListed['called']> {
  if (callstate === 'DOWN' || callstate === 'DIALING') return 'calling';
  return callstate === 'RINGING' || callstate === 'EARLY' ? 'ringing' : 'answered';
}

function volume(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? clampVolume(value) : 0;
}

function seconds(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value * 1000 : 0;
}
