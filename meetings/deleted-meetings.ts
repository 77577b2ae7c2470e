import type { RoomId } from '../protocol/room/room.ts';
import { bansPlace } from './bans.ts';
import type { Basics } from './basics.ts';
import type { CodeOwner, Codes } from './codes.ts';
import type { Ban } from './rules/bans.ts';
import { completed } from './rules/meeting.ts';
import type { KeptMeeting, Meeting } from './rules/meeting.ts';

/** So long what was deleted can be had back. */
const UNDO_MS = 3_600_000;
/** So long invitations say that it is off. */
const REMEMBERED_MS = 30 * 86_400_000;

interface PersonalCode {
  readonly code: string;
}

/** All that a deletion takes away. */
interface Buried {
  readonly meeting: KeptMeeting;
  readonly bans: readonly Ban[];
  /** Codes of single people, by the place where each is kept. */
  readonly personal: readonly (readonly [
    place: string,
    kept: PersonalCode,
    owner: CodeOwner | undefined,
  ])[];
}

/** Meetings that are no more: for an hour with all that they had, for 30 days with what invitations say. */
export class DeletedMeetings {
  readonly #basics: Basics;
  readonly #codes: Codes;

  constructor(basics: Basics, codes: Codes) {
    this.#basics = basics;
    this.#codes = codes;
  }

  /**
   * Keeps a meeting as it is before it is ended and deleted. Asked again once it has ended, it stays as
   * it was kept first.
   */
  async keep(meeting: Meeting): Promise<void> {
    const { store, now } = this.#basics;
    const bans = (await store.get<readonly Ban[]>(bansPlace(meeting.id))) ?? [];
    const value: Buried = { meeting, bans, personal: await this.#personal(meeting.id) };
    const expiresAtMs = now() + UNDO_MS;
    await store.update<Buried>(buriedPlace(meeting.id), (before) =>
      before !== undefined && meeting.endedAtMs !== undefined ? undefined : { value, expiresAtMs },
    );
  }

  /** What invitations need to know; its codes open nothing any more. */
  async remember(meeting: Meeting): Promise<void> {
    const { store, now } = this.#basics;
    const nowMs = now();
    const value = { endedAtMs: nowMs, ...meeting, codes: { join: '', moderator: '' } };
    await store.put(rememberedPlace(meeting.id), { value, expiresAtMs: nowMs + REMEMBERED_MS });
    await this.#codes.release(meeting.codes.join);
    await this.#codes.release(meeting.codes.moderator);
    for (const [place, { code }] of await this.#personal(meeting.id)) {
      await this.#codes.release(code);
      await store.delete(place);
    }
    await store.delete(bansPlace(meeting.id));
  }

  /** Without its codes. */
  remembered(id: RoomId): Promise<Meeting | undefined> {
    return this.#basics.store.get<Meeting>(rememberedPlace(id));
  }

  /** As it was, with the codes that it had; `undefined` where the hour is over. Its own record is not put back here. */
  async dig(id: RoomId): Promise<Meeting | undefined> {
    const { store, language } = this.#basics;
    const buried = await store.get<Buried>(buriedPlace(id));
    if (buried === undefined) return undefined;
    const meeting = completed(buried.meeting, language);
    const { join, moderator } = meeting.codes;
    const codes = {
      join: await this.#codes.claimAgain(join, { room: id, role: 'participant' }),
      moderator: await this.#codes.claimAgain(moderator, { room: id, role: 'moderator' }),
    };
    for (const [place, kept, owner] of buried.personal)
      if (owner) {
        const code = await this.#codes.claimAgain(kept.code, owner);
        await store.put(place, { value: { ...kept, code } });
      }
    if (buried.bans.length > 0) await store.put(bansPlace(id), { value: buried.bans });
    return { ...meeting, codes };
  }

  /** It is there again. */
  async forget(id: RoomId): Promise<void> {
    await this.#basics.store.delete(buriedPlace(id));
    await this.#basics.store.delete(rememberedPlace(id));
  }

  async #personal(id: RoomId): Promise<Buried['personal']> {
    const found = await this.#basics.store.list<PersonalCode>(`personal:${id}:`);
    return Promise.all(
      found.map(async ([place, kept]) => [place, kept, await this.#codes.find(kept.code)] as const),
    );
  }
}

function buriedPlace(id: RoomId): string {
  return `buried:${id}`;
}

function rememberedPlace(id: RoomId): string {
  return `deleted:${id}`;
}
