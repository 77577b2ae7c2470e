import { finish, transfer } from './app-engine.ts';
import type { Transfer } from './app-engine.ts';
import type { Channel } from './channel.ts';
import type { Conference, Member } from './conference.ts';
import { removeMember } from './conference-life.ts';
import type { SwitchNode } from './node.ts';
import { complete } from './unwind.ts';

/**
 * Takes a member out of its room while its call goes on: the application ends, and the channel does
 * what comes next there. A channel parked by the dialplan is parked again.
 */
export function leaveByCommand(node: SwitchNode, conference: Conference, member: Member): void {
  const { channel } = member;
  const run = channel.running.find(
    (each) => each.state?.kind === 'in-room' && each.state.member === member,
  );
  removeMember(node, conference, member);
  if (run === undefined) return;
  abortInside(node, channel, channel.running.indexOf(run));
  finish(node, channel, run);
}

/** Sends a member's call to other applications; the room is left on the way. */
export function leaveFor(node: SwitchNode, member: Member, to: Transfer): void {
  transfer(node, member.channel, to);
}

/** What runs inside of the room's application cannot outlive it. */
function abortInside(node: SwitchNode, channel: Channel, depth: number): void {
  for (let top = channel.running.length - 1; top > depth; top--) {
    const run = channel.running[top]!;
    run.application.abort(node, channel, run);
    complete(node, channel, run);
  }
}
