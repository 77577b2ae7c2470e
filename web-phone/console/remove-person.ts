import type { BanView } from '../../protocol/http/views.ts';
import type { Participant, RoomId } from '../../protocol/room/room.ts';
import { words } from '../words/words.ts';
import type { Console } from './console.ts';
import type { Listed } from './listed.ts';

interface Where {
  readonly desk: Console;
  readonly meeting: { readonly id: RoomId };
  readonly bans: Listed<BanView>;
}

/**
 * Ends somebody's call. A ban can be lifted at once, and a phone of the house called back; whoever came
 * by a link or from outside comes again by themselves.
 */
export async function removePerson(where: Where, person: Participant, ban: boolean): Promise<void> {
  const { desk, meeting, bans } = where;
  const { room } = words('console');
  const looked = desk.accounts.look();
  if (!(await desk.wish({ kind: 'remove', room: meeting.id, id: person.id, ban }))) return;
  if (ban) {
    void bans.look();
    desk.notices.done(room.banned(person.name), () => void liftLatest(desk, bans, person.name));
    return;
  }
  await looked;
  const username = accountOf(desk, person);
  if (username === undefined) desk.notices.done(room.removed(person.name));
  else
    desk.notices.done(room.removedCanCall(person.name), () => {
      void callBack(where, person, username);
    });
}

/** A desk phone of ours, by what the row shows: other numbers are not shown whole. */
function accountOf(desk: Console, { via, number }: Participant): string | undefined {
  if (via !== 'phone') return undefined;
  return desk.accounts.list.peek()?.find(({ username }) => username === number)?.username;
}

async function callBack(
  { desk, meeting }: Where,
  { name, role }: Participant,
  account: string,
): Promise<void> {
  const answer = await desk.call(meeting.id, { account, name, role });
  if (answer.ok) desk.notices.done(words('console').room.calledBack(name));
  else desk.refused(answer.problem);
}

export async function lift(
  desk: Console,
  bans: Listed<BanView>,
  { id, name }: BanView,
): Promise<void> {
  const answer = await bans.remove(id);
  if (answer.ok) desk.notices.done(words('console').room.mayComeIn(name));
  else desk.refused(answer.problem);
}

/** Lifts the ban that was just made of somebody of that name. */
async function liftLatest(desk: Console, bans: Listed<BanView>, name: string): Promise<void> {
  await bans.look();
  const problem = bans.problem.peek();
  if (problem) return desk.refused(problem);
  const [latest] = (bans.list.peek() ?? [])
    .filter((ban) => ban.name === name)
    .toSorted((a, b) => b.bannedAt.localeCompare(a.bannedAt));
  if (latest) await lift(desk, bans, latest);
  else desk.notices.warn(words('console').room.noBanOf(name));
}
