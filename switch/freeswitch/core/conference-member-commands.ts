import type { Conference, Member } from './conference.ts';
import { fireMember } from './conference-event.ts';
import { playToMember, stopMemberFiles } from './conference-files.ts';
import { moveFloor, reconsiderFloor } from './conference-floor.ts';
import { leaveByCommand } from './conference-leave.ts';
import { mixIn } from './conference-relations.ts';
import type { SwitchNode } from './node.ts';

/** Where a member command works. */
export interface Place {
  readonly node: SwitchNode;
  readonly conference: Conference;
  /** Does it once the reply is out, as FreeSWITCH's other threads would. */
  readonly later: (act: () => void) => void;
}

/** Acts on one member and gives the reply's text, word for word as conference_api.c. */
export type MemberCommand = (place: Place, member: Member, data: string | undefined) => string;

export const MEMBER_COMMANDS: Readonly<Record<string, MemberCommand>> = {
  mute: (place, member) => setSpeak(place, member, false),
  unmute: (place, member) => setSpeak(place, member, true),
  tmute: (place, member) => setSpeak(place, member, !member.canSpeak),
  deaf: (place, member) => setHear(place, member, false),
  undeaf: (place, member) => setHear(place, member, true),
  hold,
  unhold,
  kick: (place, member) => takeOut(place, member, 'kick-member', `+OK kicked ${member.id}\n`),
  hup: (place, member) => takeOut(place, member, 'hup-member', `+OK hup ${member.id}\n`),
  dtmf: sendDigits,
  energy: setEnergy,
  volume_in: (place, member, data) => setVolume(place, member, data, 'in'),
  volume_out: (place, member, data) => setVolume(place, member, data, 'out'),
  floor: (place, member) => toggleFloor(place, member),
  'get-uuid': (_place, member) => member.channel.uuid,
};

function setSpeak(place: Place, member: Member, on: boolean): string {
  member.canSpeak = on;
  if (!on) member.talking = false;
  applyMix(place, member);
  const verb = on ? 'unmute' : 'mute';
  tell(place, member, `${verb}-member`);
  reconsiderFloor(place.node, place.conference);
  return `+OK ${verb} ${member.id}\n`;
}

function setHear(place: Place, member: Member, on: boolean): string {
  member.canHear = on;
  applyMix(place, member);
  const verb = on ? 'undeaf' : 'deaf';
  tell(place, member, `${verb}-member`);
  return `+OK ${verb} ${member.id}\n`;
}

function hold(place: Place, member: Member, file: string | undefined): string {
  member.talking = false;
  member.held = true;
  applyMix(place, member);
  if (file !== undefined && file !== '') playToMember(place.node, member, { file });
  tell(place, member, 'hold-member');
  reconsiderFloor(place.node, place.conference);
  return `+OK hold ${member.id}\n`;
}

function unhold(place: Place, member: Member): string {
  member.held = false;
  applyMix(place, member);
  stopMemberFiles(place.node, place.conference, member);
  tell(place, member, 'unhold-member');
  return `+OK unhold ${member.id}\n`;
}

function takeOut(place: Place, member: Member, action: string, reply: string): string {
  member.leaving = true;
  tell(place, member, action);
  place.later(() => leaveByCommand(place.node, place.conference, member));
  return reply;
}

function sendDigits(place: Place, member: Member, digits: string | undefined): string {
  if (digits === undefined || digits === '') return '-ERR Invalid input!\n';
  place.node.media({ kind: 'send-digits', leg: member.channel.uuid, digits });
  tell(place, member, 'dtmf-member', [{ name: 'Digits', value: digits }]);
  return `+OK sent ${digits} to ${member.id}\n`;
}

function setEnergy(place: Place, member: Member, data: string | undefined): string {
  if (data !== undefined) {
    const step = { up: 200, down: -200 }[data.toLowerCase()];
    member.energyLevel =
      step === undefined ? toInteger(data) : clamp(member.energyLevel + step, 0, 1800);
    applyMix(place, member);
    const value = String(member.energyLevel);
    tell(place, member, 'energy-level-member', [{ name: 'Energy-Level', value }]);
  }
  return `Energy ${member.id} = ${member.energyLevel}\n`;
}

function setVolume(
  place: Place,
  member: Member,
  data: string | undefined,
  way: 'in' | 'out',
): string {
  const key = way === 'in' ? 'volumeIn' : 'volumeOut';
  if (data !== undefined) {
    const step = { up: 1, down: -1 }[data.toLowerCase()];
    const wished = step === undefined ? toInteger(data) : member[key] + step;
    member[key] = clamp(wished, -4, 4);
    applyMix(place, member);
    const value = String(member[key]);
    tell(place, member, `volume-${way}-member`, [{ name: 'Volume-Level', value }]);
  }
  return `+OK Volume ${way.toUpperCase()} ${member.id} = ${member[key]}\n`;
}

function toggleFloor({ node, conference, later }: Place, member: Member): string {
  if (conference.floor === member) {
    moveFloor(node, conference, undefined);
    later(() => reconsiderFloor(node, conference));
    return '+OK floor none\n';
  }
  if (conference.floor !== undefined) return `-ERR floor is held by ${conference.floor.id}\n`;
  moveFloor(node, conference, member);
  return `+OK floor ${member.id}\n`;
}

function applyMix({ node, conference }: Place, member: Member): void {
  node.media({ kind: 'set-mix', leg: member.channel.uuid, mix: mixIn(conference, member) });
}

function tell(
  { node, conference }: Place,
  member: Member,
  action: string,
  own: readonly { name: string; value: string }[] = [],
): void {
  fireMember(node, conference, member, { action, own });
}

function toInteger(text: string): number {
  const number = Number.parseInt(text, 10);
  return Number.isFinite(number) ? number : 0;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
