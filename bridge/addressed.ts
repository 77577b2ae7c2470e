import { setTimeout as pause } from 'node:timers/promises';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { Reply } from './esl.ts';
import type { Ledger } from './ledger.ts';
import type { FreeSwitchNode } from './node.ts';

/** A member is told of before FreeSWITCH finds it by its id. */
const RETRY_MS = [20, 60, 120];
const NON_EXISTENT = '-ERR Non-Existant ID';
/** As `conference … play` and `relate` say it. */
const NOT_FOUND = /^-ERR (Non-Existant ID|Member: .* not found|relationship .* not found)/;

/** Asks FreeSWITCH for something about a member, again where the member is too new to be found. */
export async function toMember(
  { node, ledger }: { readonly node: FreeSwitchNode; readonly ledger: Ledger },
  { room, leg }: { readonly room: RoomId; readonly leg: ParticipantId },
  line: (memberId: number) => string,
): Promise<Reply> {
  for (let attempt = 0; ; attempt++) {
    const member = ledger.member(room, leg);
    if (member === undefined) return { kind: 'answered', text: NON_EXISTENT };
    const reply = await node.api(line(member.memberId));
    const wait = RETRY_MS[attempt];
    const early = reply.kind === 'answered' && NOT_FOUND.test(reply.text);
    if (!early || wait === undefined) return reply;
    await pause(wait);
  }
}

export function succeeded(reply: Reply): boolean {
  return reply.kind === 'answered' && reply.text.startsWith('+OK');
}
