import { answer } from './answer.ts';
import type { AppState, Application } from './app-run.ts';
import type { Channel } from './channel.ts';
import { getVariable, isFalse, isTrue, setVariable } from './channel.ts';
import { basicData } from './channel-event.ts';
import type { Conference } from './conference.ts';
import { sizeOf } from './conference.ts';
import { fireRejected } from './conference-event.ts';
import { addMember, createRoom, endRoom, removeMember } from './conference-life.ts';
import { hangup } from './hangup.ts';
import type { MemberFlags } from './member-flags.ts';
import { toMemberFlags } from './member-flags.ts';
import type { SwitchNode } from './node.ts';

/** What `conference name[@profile][+pin][+flags{a|b}]` asks for. */
export interface JoinRequest {
  readonly name: string;
  readonly profile: string;
  readonly pin: string;
  readonly flags: string;
}

/** `conference …`: in the room until kicked, hung up, sent elsewhere or the room ends. */
export const conferenceApp: Application = {
  needsMedia: true,
  start(node, channel, args) {
    const request = toJoinRequest(args);
    if (request === undefined) return undefined;
    const flags = toMemberFlags(combinedFlags(channel, request));
    const conference = findOrCreate(node, channel, request, flags);
    if (conference === undefined) return undefined;
    setVariable(channel, 'conference_name', conference.name);
    setVariable(channel, 'conference_uuid', conference.uuid);
    if (channel.direction === 'inbound') answer(node, channel);
    if (!mayEnter(channel, conference, request)) {
      if (conference.members.length === 0) endRoom(node, conference);
      return undefined;
    }
    if (channel.direction === 'inbound') conference.answered = true;
    const member = addMember(node, conference, channel, flags);
    return { kind: 'in-room', conference, member };
  },
  on: () => false,
  abort(node, _channel, run) {
    leaveRoom(node, run.state);
  },
};

/** Takes the member out, where the application is in a room. */
export function leaveRoom(node: SwitchNode, state: AppState | undefined): void {
  if (state?.kind === 'in-room') removeMember(node, state.conference, state.member);
}

/** Reads the application's argument. Undefined where it names no room. */
export function toJoinRequest(args: string): JoinRequest | undefined {
  const flags = /\+flags\{([^}]*)\}?/.exec(args);
  const rest = (flags === null ? args : args.slice(0, flags.index)).trim();
  const plus = rest.indexOf('+');
  const target = plus < 0 ? rest : rest.slice(0, plus);
  const at = target.lastIndexOf('@');
  const name = at < 0 ? target : target.slice(0, at);
  if (name === '') return undefined;
  return {
    name,
    profile: at < 0 ? 'default' : target.slice(at + 1),
    pin: plus < 0 ? '' : rest.slice(plus + 1),
    flags: flags?.[1] ?? '',
  };
}

function combinedFlags(channel: Channel, request: JoinRequest): string {
  const own = getVariable(channel, 'conference_member_flags') ?? '';
  return [request.flags, own].filter((flags) => flags !== '').join('|');
}

function findOrCreate(
  node: SwitchNode,
  channel: Channel,
  request: JoinRequest,
  flags: MemberFlags,
): Conference | undefined {
  const found = node.rooms.get(request.name);
  if (found !== undefined) return found;
  if (flags.joinOnly) {
    fireRejected(node, basicData(channel), request);
    if (!isFalse(getVariable(channel, 'hangup_after_conference'))) {
      hangup(node, channel, 'NORMAL_CLEARING');
    }
    return undefined;
  }
  const wished = Number.parseInt(getVariable(channel, 'conference_max_members') ?? '0', 10);
  return createRoom(node, {
    name: request.name,
    profileName: request.profile,
    maxMembers: wished > 1 ? wished : 0,
  });
}

/** PIN, lock and limit, in FreeSWITCH's order. Legs that we called pass PIN and lock. */
function mayEnter(channel: Channel, conference: Conference, request: JoinRequest): boolean {
  const enforced = getVariable(channel, 'conference_enforce_security');
  const secure = enforced === undefined ? channel.direction === 'inbound' : isTrue(enforced);
  const pin = request.pin || conference.pin;
  if (secure && pin !== '' && getVariable(channel, 'supplied_pin') !== pin) return false;
  if (secure && conference.locked) return false;
  return conference.maxMembers === 0 || sizeOf(conference) < conference.maxMembers;
}
