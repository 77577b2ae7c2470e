import type { Conference, Member, Recording } from './conference.ts';
import { ghostsOf, sizeOf } from './conference.ts';

/** `conference [room] json_list [compact]`, key for key as `conference_jlist` writes it. */
export function formatJsonList(
  rooms: readonly Conference[],
  nowUs: number,
  compact: boolean,
): string {
  const value = rooms.map((room) => toJson(room, nowUs));
  return compact ? JSON.stringify(value) : JSON.stringify(value, undefined, '\t');
}

function toJson(room: Conference, nowUs: number): unknown {
  return {
    conference_name: room.name,
    member_count: sizeOf(room),
    ghost_count: ghostsOf(room),
    rate: room.rate,
    run_time: secondsSince(room.createdUs, nowUs),
    conference_uuid: room.uuid,
    canvas_count: 0,
    max_bw_in: 0,
    force_bw_in: 0,
    video_floor_packets: 0,
    locked: room.locked,
    destruct: false,
    wait_mod: false,
    audio_always: false,
    running: true,
    answered: room.answered,
    enforce_min: room.enforceMin,
    bridge_to: false,
    dynamic: true,
    exit_sound: true,
    enter_sound: true,
    recording: room.recordings.length > 0,
    video_bridge: false,
    video_floor_only: false,
    video_rfc4579: false,
    ...(room.maxMembers > 0 ? { max_members: room.maxMembers } : {}),
    variables: Object.fromEntries(room.variables),
    members: [
      ...room.recordings.map(recordingJson),
      ...room.members.map((member) => memberJson(room, member, nowUs)),
    ],
  };
}

function memberJson(room: Conference, member: Member, nowUs: number): unknown {
  const { channel, flags, held } = member;
  return {
    type: 'caller',
    id: member.id,
    flags: {
      can_hear: !held && member.canHear,
      can_see: !held,
      can_speak: !held && member.canSpeak,
      hold: held,
      mute_detect: flags.muteDetect,
      talking: member.talking,
      has_video: false,
      video_bridge: false,
      has_floor: room.floor === member,
      is_moderator: flags.moderator,
      end_conference: flags.endconf,
      mandatory_member_end_conference: flags.mandatoryEndconf,
      pass_digits: flags.distDtmf,
    },
    uuid: channel.uuid,
    caller_id_name: channel.caller.callerIdName,
    caller_id_number: channel.caller.callerIdNumber,
    join_time: secondsSince(member.joinedUs, nowUs),
    last_talking: member.lastTalkingUs === 0 ? 0 : secondsSince(member.lastTalkingUs, nowUs),
    energy: member.energyLevel,
    volume_in: member.volumeIn,
    volume_out: member.volumeOut,
    'output-volume': member.volumeOut,
    'input-volume': member.volumeIn,
  };
}

function recordingJson(recording: Recording): unknown {
  return {
    type: 'recording_node',
    record_path: recording.path,
    ...(recording.state === 'paused' ? { status: 'paused' } : {}),
    join_time: Math.floor(recording.startedUs / 1e6),
  };
}

export function secondsSince(fromUs: number, nowUs: number): number {
  return Math.floor(nowUs / 1e6) - Math.floor(fromUs / 1e6);
}
