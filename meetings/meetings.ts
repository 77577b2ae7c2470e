import type { RoomId } from '../protocol/room/room.ts';
import type { Basics } from './basics.ts';
import type { Codes } from './codes.ts';
import type { Extensions } from './extensions.ts';
import { newRoomId } from './rules/ids.ts';
import { changed } from './rules/meeting.ts';
import type { Meeting, MeetingChange, MeetingWish } from './rules/meeting.ts';

export type MeetingResult =
  | { readonly ok: true; readonly meeting: Meeting }
  | { readonly ok: false; readonly reason: 'unknown' | 'ended' | 'extension-taken' };

export type MeetingNews =
  | { readonly kind: 'updated'; readonly meeting: Meeting }
  | { readonly kind: 'removed'; readonly id: RoomId };

/** All meetings of this installation, open and ended. */
export class Meetings {
  readonly #basics: Basics;
  readonly #codes: Codes;
  readonly #extensions: Extensions;
  readonly #listeners = new Set<(news: MeetingNews) => void>();

  constructor(basics: Basics, codes: Codes, extensions: Extensions) {
    this.#basics = basics;
    this.#codes = codes;
    this.#extensions = extensions;
  }

  /** Every change made through this process, after it was kept. Returns how to stop. */
  subscribe(listener: (news: MeetingNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(id: RoomId): Promise<Meeting | undefined> {
    return this.#basics.store.get<Meeting>(key(id));
  }

  /** The newest first. */
  async list(): Promise<readonly Meeting[]> {
    const found = await this.#basics.store.list<Meeting>('meeting:');
    return found.map(([, meeting]) => meeting).sort((a, b) => b.createdAtMs - a.createdAtMs);
  }

  async create(wish: MeetingWish): Promise<MeetingResult> {
    const id = newRoomId(this.#basics.random);
    const { extension, maxParticipants } = wish;
    if (extension !== undefined && !(await this.#extensions.claim(extension, id)))
      return { ok: false, reason: 'extension-taken' };
    const meeting: Meeting = {
      id,
      name: wish.name,
      ...(extension !== undefined && { extension }),
      muteOnEntry: wish.muteOnEntry ?? false,
      ...(maxParticipants !== undefined && { maxParticipants }),
      createdAtMs: this.#basics.now(),
      codes: {
        join: await this.#codes.claim({ room: id, role: 'participant' }),
        moderator: await this.#codes.claim({ room: id, role: 'moderator' }),
      },
    };
    await this.#basics.store.create(key(id), { value: meeting });
    return this.#kept(meeting);
  }

  async change(id: RoomId, change: MeetingChange): Promise<MeetingResult> {
    const before = await this.get(id);
    if (!before) return { ok: false, reason: 'unknown' };
    if (before.endedAtMs !== undefined) return { ok: false, reason: 'ended' };
    const { extension } = change;
    if (typeof extension === 'string' && !(await this.#extensions.claim(extension, id)))
      return { ok: false, reason: 'extension-taken' };
    const result = await this.#update(id, (meeting) => changed(meeting, change));
    const given = before.extension;
    if (result.ok && given !== undefined && given !== result.meeting.extension)
      await this.#extensions.release(given, id);
    return result;
  }

  /** Closes the meeting to newcomers for good. Ending it twice changes nothing. */
  async end(id: RoomId): Promise<MeetingResult> {
    const endedAtMs = this.#basics.now();
    return this.#update(id, (meeting) => ({ endedAtMs, ...meeting }));
  }

  /** Forgets a meeting with its codes and its number; says whether there was one. */
  async delete(id: RoomId): Promise<boolean> {
    const meeting = await this.get(id);
    if (!meeting || !(await this.#basics.store.delete(key(id)))) return false;
    await this.#codes.release(meeting.codes.join);
    await this.#codes.release(meeting.codes.moderator);
    await this.#releasePersonalCodes(id);
    if (meeting.extension !== undefined) await this.#extensions.release(meeting.extension, id);
    this.#tell({ kind: 'removed', id });
    return true;
  }

  async #releasePersonalCodes(id: RoomId): Promise<void> {
    const found = await this.#basics.store.list<{ readonly code: string }>(`personal:${id}:`);
    for (const [place, { code }] of found) {
      await this.#codes.release(code);
      await this.#basics.store.delete(place);
    }
  }

  async #update(id: RoomId, change: (meeting: Meeting) => Meeting): Promise<MeetingResult> {
    let after: Meeting | undefined;
    await this.#basics.store.update<Meeting>(key(id), (meeting) => {
      after = meeting && change(meeting);
      return after && { value: after };
    });
    return after ? this.#kept(after) : { ok: false, reason: 'unknown' };
  }

  #kept(meeting: Meeting): MeetingResult {
    this.#tell({ kind: 'updated', meeting });
    return { ok: true, meeting };
  }

  #tell(news: MeetingNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}

function key(id: RoomId): string {
  return `meeting:${id}`;
}
