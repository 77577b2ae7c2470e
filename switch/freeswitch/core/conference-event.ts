import type { EslHeader } from '../../../protocol/esl/headers.ts';
import { basicData } from './channel-event.ts';
import type { Conference, Member } from './conference.ts';
import { ghostsOf, sizeOf } from './conference.ts';
import type { SwitchNode } from './node.ts';

export const MAINTENANCE = 'conference::maintenance';
const SUBCLASS: EslHeader = { name: 'Event-Subclass', value: MAINTENANCE };

/** Fires an event about a room: `conference_event_add_data`, then the action. */
export function fireRoom(
  node: SwitchNode,
  conference: Conference,
  action: string,
  own: readonly EslHeader[] = [],
): void {
  const headers = [SUBCLASS, ...roomData(conference), { name: 'Action', value: action }, ...own];
  node.fire('CUSTOM', headers);
}

/** Fires an event about a member: `conference_member_add_event_data`, then the action. */
export function fireMember(
  node: SwitchNode,
  conference: Conference,
  member: Member,
  event: { readonly action: string; readonly own?: readonly EslHeader[] },
): void {
  node.fire('CUSTOM', [
    SUBCLASS,
    ...memberData(conference, member),
    { name: 'Action', value: event.action },
    ...(event.own ?? []),
  ]);
}

/** `rejected-join-only`, the one event of a room that is not there. */
export function fireRejected(
  node: SwitchNode,
  basic: readonly EslHeader[],
  room: { readonly name: string; readonly profile: string },
): void {
  node.fire('CUSTOM', [
    SUBCLASS,
    ...basic,
    { name: 'Conference-Name', value: room.name },
    { name: 'Conference-Profile-Name', value: room.profile },
    { name: 'Action', value: 'rejected-join-only' },
  ]);
}

/** `floor-change` carries the room, where somebody has the floor that member, and both ids. */
export function fireFloor(
  node: SwitchNode,
  conference: Conference,
  oldId: number | undefined,
): void {
  const ids = [
    { name: 'Old-ID', value: String(oldId ?? 'none') },
    { name: 'New-ID', value: String(conference.floor?.id ?? 'none') },
  ];
  if (conference.floor === undefined) fireRoom(node, conference, 'floor-change', ids);
  else fireMember(node, conference, conference.floor, { action: 'floor-change', own: ids });
}

function roomData(conference: Conference): EslHeader[] {
  return [
    { name: 'Conference-Name', value: conference.name },
    { name: 'Conference-Domain', value: conference.domain },
    { name: 'Conference-Size', value: String(sizeOf(conference)) },
    { name: 'Conference-Ghosts', value: String(ghostsOf(conference)) },
    { name: 'Conference-Profile-Name', value: conference.profileName },
    { name: 'Conference-Unique-ID', value: conference.uuid },
    ...[...conference.variables].map(([name, value]) => ({ name, value })),
  ];
}

function memberData(conference: Conference, member: Member): EslHeader[] {
  const flag = (name: string, on: boolean): EslHeader => ({ name, value: String(on) });
  return [
    ...roomData(conference),
    flag('Floor', conference.floor === member),
    ...basicData(member.channel),
    flag('Video', false),
    flag('Hear', member.canHear),
    flag('See', true),
    flag('Speak', member.canSpeak),
    flag('Talking', member.talking),
    flag('Mute-Detect', member.flags.muteDetect),
    flag('Hold', member.held),
    { name: 'Member-ID', value: String(member.id) },
    { name: 'Member-Type', value: member.flags.moderator ? 'moderator' : 'member' },
    flag('Member-Ghost', member.flags.ghost),
    { name: 'Energy-Level', value: String(member.energyLevel) },
    { name: 'Current-Energy', value: String(member.score) },
  ];
}
