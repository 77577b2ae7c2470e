import type { Conference, Member } from './conference.ts';
import { fireFloor } from './conference-event.ts';
import type { SwitchNode } from './node.ts';

/**
 * Who has the floor. FreeSWITCH looks every 20 ms: nobody has it - the newest member gets it; its
 * holder is silent and another talks - it moves. Here that look is taken whenever something of it
 * has changed.
 */
export function reconsiderFloor(node: SwitchNode, conference: Conference): void {
  if (conference.stage !== 'running') return;
  const holder = conference.floor;
  if (holder === undefined) {
    const next = conference.members.find((member) => !member.leaving);
    if (next !== undefined) moveFloor(node, conference, next);
    return;
  }
  if (isHeard(holder)) return;
  const talker = conference.members.find((member) => member !== holder && isHeard(member));
  if (talker !== undefined) moveFloor(node, conference, talker);
}

export function moveFloor(
  node: SwitchNode,
  conference: Conference,
  next: Member | undefined,
): void {
  const before = conference.floor;
  if (before === next) return;
  conference.floor = next;
  fireFloor(node, conference, before?.id);
}

/** A member who leaves drops the floor; FreeSWITCH finds no old id any more by then. */
export function dropFloor(node: SwitchNode, conference: Conference, member: Member): void {
  if (conference.floor !== member) return;
  conference.floor = undefined;
  fireFloor(node, conference, undefined);
}

function isHeard(member: Member): boolean {
  return member.talking && member.canSpeak && !member.held && !member.leaving;
}
