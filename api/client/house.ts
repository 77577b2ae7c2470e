import type { z } from 'zod';
import type { TrunkTest } from '../../protocol/call/trunk.ts';
import type { AnnouncementView } from '../../protocol/http/announcements.ts';
import type { KeyView, PersonView } from '../../protocol/http/people.ts';
import type {
  AccountView,
  AlarmView,
  HouseBanView,
  SessionView,
  TrunkView,
} from '../../protocol/http/views.ts';
import type { SystemView } from '../../protocol/http/system.ts';
import type { accountWish } from '../schemas/accounts.ts';
import type { houseBanWish } from '../schemas/room.ts';
import type { keyWish, personChange, personWish } from '../schemas/people.ts';
import type { trunkChange, trunkWish } from '../schemas/trunks.ts';
import { path } from './line.ts';
import type { Line, PostOptions } from './line.ts';

/** What is the whole house's: who may sign in, phones, trunks, alarms. */
export class HouseClient {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  /** Who one is to the server. */
  session(): Promise<SessionView> {
    return this.#line.get('/session');
  }

  accounts(): AsyncGenerator<AccountView, void> {
    return this.#line.each('/accounts');
  }

  createAccount(wish: z.input<typeof accountWish>, options?: PostOptions): Promise<AccountView> {
    return this.#line.post('/accounts', wish, options);
  }

  /** A new password, shown once. */
  rotateAccount(username: string): Promise<AccountView> {
    return this.#line.post(path`/accounts/${username}/rotate`);
  }

  deleteAccount(username: string): Promise<void> {
    return this.#line.delete(path`/accounts/${username}`);
  }

  trunks(): AsyncGenerator<TrunkView, void> {
    return this.#line.each('/trunks');
  }

  createTrunk(wish: z.input<typeof trunkWish>, options?: PostOptions): Promise<TrunkView> {
    return this.#line.post('/trunks', wish, options);
  }

  changeTrunk(name: string, wish: z.input<typeof trunkChange>): Promise<TrunkView> {
    return this.#line.patch(path`/trunks/${name}`, wish);
  }

  /** What its server says now. */
  testTrunk(name: string): Promise<TrunkTest> {
    return this.#line.post(path`/trunks/${name}/test`);
  }

  /** How the server and all that it stands on are. */
  system(): Promise<SystemView> {
    return this.#line.get('/system');
  }

  /** A deleted account, with its password as it was. */
  restoreAccount(username: string): Promise<AccountView> {
    return this.#line.post(path`/accounts/${username}/restore`);
  }

  deleteTrunk(name: string): Promise<void> {
    return this.#line.delete(path`/trunks/${name}`);
  }

  /** What can be played into a room. */
  announcements(): Promise<readonly AnnouncementView[]> {
    return this.#line.get('/announcements');
  }

  /** Of all meetings, and those that hold for every one. */
  bans(): AsyncGenerator<HouseBanView, void> {
    return this.#line.each('/bans');
  }

  /** From every meeting. */
  ban(wish: z.input<typeof houseBanWish>, options?: PostOptions): Promise<HouseBanView> {
    return this.#line.post('/bans', wish, options);
  }

  liftBan(id: string): Promise<void> {
    return this.#line.delete(path`/bans/${id}`);
  }

  alarms(): Promise<readonly AlarmView[]> {
    return this.#line.get('/alarms');
  }

  liftAlarm(id: string): Promise<void> {
    return this.#line.delete(path`/alarms/${id}`);
  }

  people(): AsyncGenerator<PersonView, void> {
    return this.#line.each('/people');
  }

  createPerson(wish: z.input<typeof personWish>, options?: PostOptions): Promise<PersonView> {
    return this.#line.post('/people', wish, options);
  }

  changePerson(id: string, wish: z.input<typeof personChange>): Promise<PersonView> {
    return this.#line.patch(path`/people/${id}`, wish);
  }

  keys(): AsyncGenerator<KeyView, void> {
    return this.#line.each('/keys');
  }

  /** The key itself is in this answer and in no other. */
  createKey(wish: z.input<typeof keyWish>, options?: PostOptions): Promise<KeyView> {
    return this.#line.post('/keys', wish, options);
  }

  deleteKey(id: string): Promise<void> {
    return this.#line.delete(path`/keys/${id}`);
  }
}
