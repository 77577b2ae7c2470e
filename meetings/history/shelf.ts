import { createHmac } from 'node:crypto';
import type { ParticipantId, RoomId } from '../../protocol/room/room.ts';
import type { Basics } from '../basics.ts';
import type { Attended, MeetingSession } from '../rules/attendance.ts';
import type { Visit } from '../rules/visit.ts';

const DAY_MS = 86_400_000;

/** Where history lies. Each part goes by itself when its days are over. Rejects as the store does. */
export class HistoryShelf {
  readonly #basics: Basics;
  readonly #days: number;

  constructor(basics: Basics, days: number) {
    this.#basics = basics;
    this.#days = days;
  }

  /** The session that goes on in a room, as far as it was written. */
  async openIn(room: RoomId): Promise<Attended | undefined> {
    const id = await this.#basics.store.get<string>(openPlace(room));
    return id === undefined ? undefined : this.read(id);
  }

  /** Rooms in which one goes on. */
  async openRooms(): Promise<readonly RoomId[]> {
    const found = await this.#basics.store.list<string>(OPEN);
    return found.map(([key]) => key.slice(OPEN.length) as RoomId);
  }

  async read(id: string): Promise<Attended | undefined> {
    const session = await this.session(id);
    if (session === undefined) return undefined;
    const visits = await this.#visits(id);
    return { session, visits: new Map(visits.map((visit) => [visit.leg, visit])) };
  }

  session(id: string): Promise<MeetingSession | undefined> {
    return this.#basics.store.get<MeetingSession>(sessionPlace(id));
  }

  /** The newest first. */
  async sessions(): Promise<readonly MeetingSession[]> {
    const found = await this.#basics.store.list<MeetingSession>(SESSION);
    return found.map(([, session]) => session).reverse();
  }

  /** The sessions somebody was in, by their mark or whole name. */
  async idsOf(person: string): Promise<ReadonlySet<string>> {
    const prefix = personPlace(this.digest(normal(person)), '');
    const found = await this.#basics.store.list<true>(prefix);
    return new Set(found.map(([key]) => key.slice(prefix.length)));
  }

  /** Writes the session and those visits, each as it is by now. */
  async write(session: MeetingSession, visits: readonly Visit[]): Promise<void> {
    const { id, room, endedAtMs } = session;
    await Promise.all(visits.map((visit) => this.#writeVisit(id, visit)));
    await this.#put(sessionPlace(id), session);
    if (endedAtMs === undefined) await this.#put(openPlace(room), id);
    else await this.#basics.store.delete(openPlace(room));
  }

  /** Changes a visit that was written, where it is still there. */
  async amend(id: string, leg: ParticipantId, change: (visit: Visit) => Visit): Promise<void> {
    await this.#basics.store.update<Visit>(visitPlace(id, leg), (visit) =>
      visit === undefined ? undefined : this.#kept(change(visit)),
    );
  }

  /** With all that is told of it. Says whether it was there. */
  async delete(id: string): Promise<boolean> {
    const { store } = this.#basics;
    for (const visit of await this.#visits(id)) await store.delete(visitPlace(id, visit.leg));
    return store.delete(sessionPlace(id));
  }

  /**
   * Takes out who it was, in sessions that are over: that somebody came and went is all that stays.
   * Says how many visits there were.
   */
  async forget(person: string): Promise<number> {
    let count = 0;
    const isThem = ({ person: mark, name }: Visit) =>
      [mark, name].some((text) => text !== undefined && normal(text) === normal(person));
    for (const id of await this.idsOf(person)) {
      if ((await this.session(id))?.endedAtMs === undefined) continue;
      for (const visit of (await this.#visits(id)).filter(isThem)) {
        await this.amend(id, visit.leg, anonymous);
        await this.#dropMarks(id, visit);
        count += 1;
      }
    }
    return count;
  }

  /** Names a number, an account or a name without telling it. */
  digest(text: string): string {
    const { keys } = this.#basics;
    return `x-${createHmac('sha256', keys.codes).update(`history:${text}`).digest('hex').slice(0, 32)}`;
  }

  async #visits(id: string): Promise<readonly Visit[]> {
    const found = await this.#basics.store.list<Visit>(visitPlace(id, ''));
    return found.map(([, visit]) => visit);
  }

  async #writeVisit(id: string, visit: Visit): Promise<void> {
    await this.#put(visitPlace(id, visit.leg), visit);
    for (const mark of marksOf(visit))
      await this.#basics.store.update<true>(personPlace(this.digest(mark), id), (is) =>
        is === undefined ? this.#kept(true as const) : undefined,
      );
  }

  async #dropMarks(id: string, visit: Visit): Promise<void> {
    for (const mark of marksOf(visit))
      await this.#basics.store.delete(personPlace(this.digest(mark), id));
  }

  async #put<T>(key: string, value: T): Promise<void> {
    await this.#basics.store.put(key, this.#kept(value));
  }

  #kept<T>(value: T) {
    return { value, expiresAtMs: this.#basics.now() + this.#days * DAY_MS };
  }
}

const OPEN = 'history:open:';
const SESSION = 'history:session:';

function marksOf({ person, name }: Visit): readonly string[] {
  return [...new Set([person, name].filter((text) => text !== undefined).map(normal))];
}

/** People type names as they like. */
function normal(text: string): string {
  return text.trim().toLowerCase();
}

function anonymous(visit: Visit): Visit {
  const { way } = visit.came;
  const nobody: Visit & { person?: string } = { ...visit, ...NOBODY, came: { way } };
  delete nobody.person;
  return nobody;
}

const NOBODY = { name: '', number: '', talk: [], deeds: [] };

function openPlace(room: RoomId): string {
  return `${OPEN}${room}`;
}

function sessionPlace(id: string): string {
  return `${SESSION}${id}`;
}

function visitPlace(id: string, leg: string): string {
  return `history:visit:${id}:${leg}`;
}

function personPlace(digest: string, id: string): string {
  return `history:person:${digest}:${id}`;
}
