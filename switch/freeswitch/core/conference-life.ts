import type { Channel } from './channel.ts';
import { getVariable, isFalse, setVariable } from './channel.ts';
import { readFor } from './codecs.ts';
import type { Conference, Member } from './conference.ts';
import { sizeOf } from './conference.ts';
import { fireMember, fireRoom } from './conference-event.ts';
import { stopAllFiles, stopMemberFiles } from './conference-files.ts';
import { dropFloor, reconsiderFloor } from './conference-floor.ts';
import { meets, mixIn } from './conference-relations.ts';
import { hangup } from './hangup.ts';
import type { MemberFlags } from './member-flags.ts';
import type { SwitchNode } from './node.ts';

const DEFAULT_ENERGY = 100;

export interface RoomRequest {
  readonly name: string;
  readonly profileName: string;
  readonly maxMembers: number;
}

/** Makes a room; its first member comes next (`conference_new`). */
export function createRoom(node: SwitchNode, request: RoomRequest): Conference {
  const conference: Conference = {
    ...request,
    uuid: node.world.uuid(),
    domain: node.settings.address,
    rate: node.settings.roomRateHz,
    createdUs: node.world.nowUs(),
    variables: new Map(),
    members: [],
    recordings: [],
    files: [],
    asyncFile: undefined,
    stage: 'running',
    locked: false,
    answered: false,
    floor: undefined,
    minMembers: 1,
    enforceMin: false,
    graceSeconds: 0,
    mandatory: 0,
    pin: '',
  };
  node.rooms.set(conference.name, conference);
  node.mixers.set(conference.uuid, conference);
  node.media({ kind: 'open-room', room: conference.uuid, sampleRateHz: conference.rate });
  fireRoom(node, conference, 'conference-create');
  return conference;
}

/** Puts a channel into a room: `add-member`, then the floor where nobody has it. */
export function addMember(
  node: SwitchNode,
  conference: Conference,
  channel: Channel,
  flags: MemberFlags,
): Member {
  const member = newMember(node, channel, flags);
  if (flags.mintwo) conference.minMembers = 2;
  if (flags.mandatoryEndconf) conference.mandatory += 1;
  conference.members.unshift(member);
  if (sizeOf(conference) >= conference.minMembers) conference.enforceMin = true;
  node.media({
    kind: 'join-room',
    room: conference.uuid,
    leg: channel.uuid,
    mix: mixIn(conference, member),
  });
  meets(node, conference, member);
  readFor(channel, true);
  fireMember(node, conference, member, { action: 'add-member' });
  reconsiderFloor(node, conference);
  return member;
}

/** Takes a member out: the floor falls, `del-member`, and the room ends where that empties it. */
export function removeMember(node: SwitchNode, conference: Conference, member: Member): void {
  const at = conference.members.indexOf(member);
  if (at < 0) return;
  member.leaving = true;
  stopMemberFiles(node, conference, member);
  // FreeSWITCH lets the floor fall before it counts the member out.
  dropFloor(node, conference, member);
  conference.members.splice(at, 1);
  node.media({ kind: 'leave-room', leg: member.channel.uuid });
  fireMember(node, conference, member, { action: 'del-member' });
  readFor(member.channel, false);
  if (mustEnd(conference, member)) endRoom(node, conference);
  else reconsiderFloor(node, conference);
}

/** Ends a room: whoever is still in is hung up, the recordings are closed, then it is gone. */
export function endRoom(node: SwitchNode, conference: Conference): void {
  if (conference.stage !== 'running') return;
  conference.stage = 'emptying';
  if (node.rooms.get(conference.name) === conference) node.rooms.delete(conference.name);
  stopAllFiles(node, conference);
  for (const { channel } of [...conference.members]) {
    if (isFalse(getVariable(channel, 'hangup_after_conference'))) continue;
    hangup(node, channel, 'NORMAL_CLEARING');
  }
  for (const recording of conference.recordings) {
    recording.state = 'stopping';
    node.media({ kind: 'stop-recording', room: conference.uuid, path: recording.path });
  }
  settleEnd(node, conference);
}

/** Says farewell to a room once its last recording is closed. */
export function settleEnd(node: SwitchNode, conference: Conference): void {
  if (conference.stage !== 'emptying' || conference.recordings.length > 0) return;
  conference.stage = 'gone';
  node.mixers.delete(conference.uuid);
  node.media({ kind: 'close-room', room: conference.uuid });
  fireRoom(node, conference, 'conference-destroy');
}

/** The worker's gate opened or closed (conference_loop.c). */
export function onTalking(
  node: SwitchNode,
  conference: Conference,
  member: Member,
  gate: { readonly talking: boolean; readonly energy: number },
): void {
  member.score = Math.round(gate.energy);
  if (!member.canSpeak || member.held || gate.talking === member.talking) return;
  member.talking = gate.talking;
  member.lastTalkingUs = node.world.nowUs();
  const action = gate.talking ? 'start-talking' : 'stop-talking';
  fireMember(node, conference, member, { action });
  reconsiderFloor(node, conference);
}

/** A muted member talks, where the flag `mute-detect` asks: told once, its end is not told. */
export function onMutedTalking(
  node: SwitchNode,
  conference: Conference,
  member: Member,
  { talking }: { readonly talking: boolean },
): void {
  if (member.canSpeak || member.held || talking === member.talking) return;
  member.talking = talking;
  member.lastTalkingUs = node.world.nowUs();
  if (talking) fireMember(node, conference, member, { action: 'mute-detect' });
}

function newMember(node: SwitchNode, channel: Channel, flags: MemberFlags): Member {
  const volume = (name: string): number => {
    const level = Number.parseInt(getVariable(channel, name) ?? '0', 10);
    return level > -5 && level < 5 ? level : 0;
  };
  return {
    id: memberIdOf(node, channel),
    channel,
    flags,
    joinedUs: node.world.nowUs(),
    canSpeak: !flags.mute,
    canHear: !flags.deaf,
    held: false,
    talking: false,
    lastTalkingUs: 0,
    volumeIn: volume('conference_join_volume_in'),
    volumeOut: volume('conference_join_volume_out'),
    energyLevel: DEFAULT_ENERGY,
    score: 0,
    relations: [],
    files: [],
    leaving: false,
  };
}

/** A channel keeps its member id from room to room. */
function memberIdOf(node: SwitchNode, channel: Channel): number {
  const before = Number(getVariable(channel, 'conference_member_id'));
  const id = Number.isInteger(before) && before > 0 ? before : node.nextMemberId();
  setVariable(channel, 'conference_member_id', String(id));
  return id;
}

function mustEnd(conference: Conference, gone: Member): boolean {
  if (gone.flags.mandatoryEndconf) {
    conference.mandatory -= 1;
    if (conference.mandatory === 0 && conference.graceSeconds === 0) return true;
  }
  if (gone.flags.endconf || conference.members.length === 0) return true;
  return conference.enforceMin && conference.members.length < conference.minMembers;
}
