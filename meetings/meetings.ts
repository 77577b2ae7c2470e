import type { RoomId } from '../protocol/room/room.ts';
import { bansPlace } from './bans.ts';
import type { Basics } from './basics.ts';
import type { Codes } from './codes.ts';
import { DeletedMeetings } from './deleted-meetings.ts';
import type { Extensions } from './extensions.ts';
import { newRoomId } from './rules/ids.ts';
import { given } from './rules/given.ts';
import { overAt, stateOf, turnsAt } from './rules/meeting-state.ts';
import { changed, completed, ruled, standardRules } from './rules/meeting.ts';
import type { KeptMeeting, Meeting, MeetingChange, MeetingWish } from './rules/meeting.ts';
import { withException } from './rules/rescheduling.ts';
import { occurrenceAt, scheduleFault } from './rules/schedule.ts';
import type { Exception, ScheduleFault } from './rules/schedule.ts';
import { Starts } from './starts.ts';

export type MeetingResult =
  | { readonly ok: true; readonly meeting: Meeting }
  | { readonly ok: false; readonly reason: 'unknown' | 'ended' | 'changed' | 'extension-taken' }
  | { readonly ok: false; readonly reason: 'not-deleted' }
  | { readonly ok: false; readonly reason: 'no-such-time' }
  | { readonly ok: false; readonly reason: 'bad-schedule'; readonly fault: ScheduleFault };

export type MeetingNews =
  | { readonly kind: 'updated'; readonly meeting: Meeting }
  | { readonly kind: 'removed'; readonly id: RoomId };

/** `elsewhere`: another process made the change, and its own listeners heard of it as well. */
export type NewsListener = (news: MeetingNews, from?: 'elsewhere') => void;

/** So long after a failure of the store a start is looked at again. */
const AGAIN_MS = 5_000;

/** All meetings of this installation: planned, open and ended. */
export class Meetings {
  readonly #basics: Basics;
  readonly #codes: Codes;
  readonly #extensions: Extensions;
  readonly #deleted: DeletedMeetings;
  readonly #starts: Starts;
  readonly #listeners = new Set<NewsListener>();
  /** Those that anybody was told of, so that a deletion elsewhere is found after a gap. */
  readonly #known = new Set<RoomId>();

  constructor(basics: Basics, codes: Codes, extensions: Extensions) {
    this.#basics = basics;
    this.#codes = codes;
    this.#extensions = extensions;
    this.#deleted = new DeletedMeetings(basics, codes);
    this.#starts = new Starts(basics, (id) => this.#due(id));
  }

  /** Watches the times of all planned meetings until `stop`. */
  async start(): Promise<void> {
    for (const meeting of await this.list()) {
      this.#known.add(meeting.id);
      this.watchStart(meeting);
    }
  }

  stop(): void {
    this.#starts.stop();
  }

  /** Every change, after it was kept, and each start. Returns how to stop. */
  subscribe(listener: NewsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async get(id: RoomId): Promise<Meeting | undefined> {
    const kept = await this.#basics.store.get<KeptMeeting>(key(id));
    return kept && completed(kept, this.#basics.language);
  }

  /** The newest first. */
  async list(): Promise<readonly Meeting[]> {
    const found = await this.#basics.store.list<KeptMeeting>('meeting:');
    return found
      .map(([, kept]) => completed(kept, this.#basics.language))
      .sort((a, b) => b.createdAtMs - a.createdAtMs);
  }

  async create(wish: MeetingWish): Promise<MeetingResult> {
    const id = newRoomId(this.#basics.random);
    const { extension, maxParticipants } = wish;
    const fault = scheduleFault(timesIn(wish));
    if (fault !== undefined) return { ok: false, reason: 'bad-schedule', fault };
    if (extension !== undefined && !(await this.#extensions.claim(extension, id)))
      return { ok: false, reason: 'extension-taken' };
    const meeting: Meeting = {
      ...ruled(standardRules(this.#basics.language), wish),
      id,
      name: wish.name,
      ...given('extension', extension),
      ...given('maxParticipants', maxParticipants),
      ...timesIn(wish),
      ...given('owner', wish.owner),
      ...given('members', wish.members),
      createdAtMs: this.#basics.now(),
      codes: {
        join: await this.#codes.claim({ room: id, role: 'participant' }),
        moderator: await this.#codes.claim({ room: id, role: 'moderator' }),
      },
    };
    await this.#basics.store.create(key(id), { value: meeting });
    return this.#kept(meeting);
  }

  /** `isExpected` is asked of what is there at the moment of the change, whoever was faster. */
  async change(
    id: RoomId,
    change: MeetingChange,
    isExpected: (meeting: Meeting) => boolean = () => true,
  ): Promise<MeetingResult> {
    const before = await this.get(id);
    if (!before) return { ok: false, reason: 'unknown' };
    const refused = refusalOf(before, change);
    if (refused) return refused;
    const { extension } = change;
    if (typeof extension === 'string' && !(await this.#extensions.claim(extension, id)))
      return { ok: false, reason: 'extension-taken' };
    const result = await this.#update(id, (meeting) =>
      isExpected(meeting) ? changed(meeting, change) : undefined,
    );
    const given = before.extension;
    if (!result.ok && typeof extension === 'string' && extension !== given)
      await this.#extensions.release(extension, id);
    if (result.ok && given !== undefined && given !== result.meeting.extension)
      await this.#extensions.release(given, id);
    return result;
  }

  /** Takes one time of a series out or moves it; `undefined`: it is as the recurrence has it again. */
  async except(id: RoomId, atMs: number, exception: Exception | undefined): Promise<MeetingResult> {
    const before = await this.get(id);
    if (!before) return { ok: false, reason: 'unknown' };
    if (before.endedAtMs !== undefined) return { ok: false, reason: 'ended' };
    if (occurrenceAt(before, atMs) === undefined) return { ok: false, reason: 'no-such-time' };
    return this.#update(id, (meeting) => withException(meeting, atMs, exception));
  }

  /** It is over for this time: of a series the next is still to come, a permanent one stays open. */
  async over(id: RoomId): Promise<MeetingResult> {
    const overAtMs = this.#basics.now();
    const result = await this.#update(id, (meeting) => overAt(meeting, overAtMs));
    if (result.ok && result.meeting.endedAtMs !== undefined)
      await this.#basics.store.delete(bansPlace(id));
    return result;
  }

  /** Lets everybody in before its time: a moderator is there. */
  async open(id: RoomId): Promise<MeetingResult> {
    const openedAtMs = this.#basics.now();
    return this.#update(id, (meeting) =>
      stateOf(meeting, openedAtMs) === 'planned' ? { ...meeting, openedAtMs } : meeting,
    );
  }

  /** Closes the meeting to newcomers for good, and lifts its bans. Ending it twice changes nothing. */
  async end(id: RoomId): Promise<MeetingResult> {
    const endedAtMs = this.#basics.now();
    const result = await this.#update(id, (meeting) => ({ endedAtMs, ...meeting }));
    await this.#basics.store.delete(bansPlace(id));
    return result;
  }

  /** Tells when the meeting's state turns with time, if it does. */
  watchStart(meeting: Meeting): void {
    this.#starts.watch(meeting.id, turnsAt(meeting, this.#basics.now()));
  }

  /** Before it is ended to be deleted: as it is now it can be had back. */
  async keep(meeting: Meeting): Promise<void> {
    await this.#deleted.keep(meeting);
  }

  /** Deletes a meeting with its codes and its number; says whether there was one. It can be had back for an hour. */
  async delete(id: RoomId): Promise<boolean> {
    const meeting = await this.get(id);
    if (!meeting) return false;
    await this.#deleted.keep(meeting);
    if (!(await this.#basics.store.delete(key(id)))) return false;
    await this.#deleted.remember(meeting);
    if (meeting.extension !== undefined) await this.#extensions.release(meeting.extension, id);
    this.#removed(id);
    return true;
  }

  /**
   * A deleted meeting, as it was: open or ended, with its codes, people and bans. Without its extension
   * where that reaches something else by now. Calendars that were told it is off take it up again.
   */
  async restore(id: RoomId): Promise<MeetingResult> {
    if (await this.get(id)) return { ok: false, reason: 'not-deleted' };
    const meeting = await this.#deleted.dig(id);
    if (!meeting) return { ok: false, reason: 'unknown' };
    const { extension, ...rest } = meeting;
    const holds =
      extension !== undefined &&
      (meeting.endedAtMs !== undefined || (await this.#extensions.claim(extension, id)));
    const value: Meeting = {
      ...rest,
      ...given('extension', holds ? extension : undefined),
      // One more than the cancellation had.
      revision: (meeting.revision ?? 0) + 2,
    };
    if (!(await this.#basics.store.create(key(id), { value })))
      return { ok: false, reason: 'not-deleted' };
    await this.#deleted.forget(id);
    return this.#kept(value);
  }

  /** Another process changed this meeting, or deleted it. */
  async changedElsewhere(id: RoomId): Promise<void> {
    const meeting = await this.get(id);
    if (meeting) this.#updated(meeting, 'elsewhere');
    else if (this.#known.has(id)) this.#removed(id, 'elsewhere');
  }

  /** Other processes may have changed any of them. */
  async allChangedElsewhere(): Promise<void> {
    const all = await this.list();
    const ids = new Set(all.map(({ id }) => id));
    for (const id of [...this.#known]) if (!ids.has(id)) this.#removed(id, 'elsewhere');
    for (const meeting of all) this.#updated(meeting, 'elsewhere');
  }

  /** A meeting that was deleted within 30 days, without its codes: invitations say that it is off. */
  deleted(id: RoomId): Promise<Meeting | undefined> {
    return this.#deleted.remembered(id);
  }

  async #update(
    id: RoomId,
    change: (meeting: Meeting) => Meeting | undefined,
  ): Promise<MeetingResult> {
    let after: Meeting | undefined;
    let isThere = false;
    await this.#basics.store.update<KeptMeeting>(key(id), (kept) => {
      isThere = kept !== undefined;
      after = kept && change(completed(kept, this.#basics.language));
      return after && { value: after };
    });
    if (after) return this.#kept(after);
    return { ok: false, reason: isThere ? 'changed' : 'unknown' };
  }

  /** Told as any change: the state is another now. A store that is away leaves it to the next look. */
  #due(id: RoomId): void {
    const told = this.get(id).then((meeting) => {
      if (!meeting) return;
      this.watchStart(meeting);
      return this.#tellTurn(meeting);
    });
    told.catch((error: unknown) => {
      this.#basics.log('warn', 'a meeting could not be opened at its time', {
        id,
        why: String(error),
      });
      this.#starts.watch(id, this.#basics.now() + AGAIN_MS);
    });
  }

  /** Every process that shares the store comes here at the same moment: for one of them it is news of its own. */
  async #tellTurn(meeting: Meeting): Promise<void> {
    const { store, now } = this.#basics;
    const kept = { value: true, expiresAtMs: now() + AGAIN_MS };
    const isFirst = await store.create(`turned:${meeting.id}:${stateOf(meeting, now())}`, kept);
    this.#tell({ kind: 'updated', meeting }, isFirst ? undefined : 'elsewhere');
  }

  #kept(meeting: Meeting): MeetingResult {
    this.#updated(meeting);
    return { ok: true, meeting };
  }

  #updated(meeting: Meeting, from?: 'elsewhere'): void {
    this.#known.add(meeting.id);
    this.watchStart(meeting);
    this.#tell({ kind: 'updated', meeting }, from);
  }

  #removed(id: RoomId, from?: 'elsewhere'): void {
    this.#known.delete(id);
    this.#starts.forget(id);
    this.#tell({ kind: 'removed', id }, from);
  }

  #tell(news: MeetingNews, from?: 'elsewhere'): void {
    for (const listener of this.#listeners) listener(news, from);
  }
}

/** Why a meeting cannot be changed so. */
function refusalOf(
  before: Meeting,
  change: MeetingChange,
): Extract<MeetingResult, { ok: false }> | undefined {
  if (before.endedAtMs !== undefined) return { ok: false, reason: 'ended' };
  const fault = scheduleFault(changed(before, change));
  return fault && { ok: false, reason: 'bad-schedule', fault };
}

function timesIn({ startsAtMs, durationMinutes, timeZone, recurrence }: MeetingWish) {
  return {
    ...given('startsAtMs', startsAtMs),
    ...given('durationMinutes', durationMinutes),
    ...given('timeZone', timeZone),
    ...given('recurrence', recurrence),
  };
}

function key(id: RoomId): string {
  return `meeting:${id}`;
}
