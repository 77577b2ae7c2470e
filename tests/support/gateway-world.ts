import { randomBytes } from 'node:crypto';
import type { ParticipantId, RoomId } from '../../protocol/room/room.ts';
import type { DigestAlgorithm } from '../../protocol/sip/digest.ts';
import {
  answerChallenge,
  formatAuthorization,
  ha1,
  parseChallenge,
} from '../../protocol/sip/digest.ts';
import type { SipHeader, SipResponse } from '../../protocol/sip/message.ts';
import { headerValues } from '../../protocol/sip/message.ts';
import type { Timing } from '../../protocol/sip/timers.ts';
import type { TransferWish } from '../../protocol/call/transfer.ts';
import type { Trunk } from '../../protocol/call/trunk.ts';
import type {
  Account,
  Binding,
  BrowserCredential,
  CalledAccount,
  LineCaller,
  Dialled,
  Directory,
  NumberPlan,
} from '../../sip-gateway/directory.ts';
import type { Gateway } from '../../sip-gateway/gateway.ts';
import { startGateway } from '../../sip-gateway/gateway.ts';
import type { Placement } from '../../sip-gateway/placement.ts';
import type { SwitchAddress } from '../../sip-gateway/switches.ts';
import type { DrachtioStandIn } from '../../switch/drachtio/drachtio.ts';
import { startDrachtio } from '../../switch/drachtio/drachtio.ts';
import { eventually } from './eventually.ts';
import { startRealDrachtio } from './real-drachtio.ts';
import { SipPeer } from './sip-peer.ts';

export const REALM = 'partyline.test';
export const ROOM = 'm-abcdefghijklmnop' as RoomId;
export const OTHER_ROOM = 'm-bcdefghijklmnopq' as RoomId;
export const IDENTITY_KEY = new Uint8Array(32).fill(7);
export const SECRET = 'a secret of the tests';

const PASSWORDS: Readonly<Record<string, string>> = { anna: 'anna-pw', bert: 'bert-pw' };
export const BROWSER = { username: 'b-1', password: 'browser-pw' };

/** The people and numbers of the tests. */
export class ScriptedDirectory implements Directory {
  readonly stored = new Map<string, readonly Binding[]>();
  /** What was looked up, with the source it counts against. */
  readonly lookUps: string[] = [];
  fails = false;
  /** Calls to numbers that are not over. */
  readonly booked: string[] = [];
  /** Numbers that somebody asked for, and who. */
  readonly planned: { readonly number: string; readonly by: LineCaller }[] = [];
  readonly givenBack: string[] = [];
  readonly #trunkListeners = new Set<() => void>();
  #trunks: readonly Trunk[] = [];

  /** The trunks from now on. */
  setTrunks(...trunks: readonly Trunk[]): void {
    this.#trunks = trunks;
    for (const listener of this.#trunkListeners) listener();
  }

  trunks(): Promise<readonly Trunk[]> {
    return Promise.resolve(this.#trunks);
  }

  subscribeTrunks(listener: () => void): () => void {
    this.#trunkListeners.add(listener);
    return () => this.#trunkListeners.delete(listener);
  }

  account(username: string): Promise<Account | undefined> {
    const password = PASSWORDS[username];
    if (password === undefined) return Promise.resolve(undefined);
    return Promise.resolve({
      username,
      name: `Name of ${username}`,
      ha1: secrets(username, password),
    });
  }

  browserCredential(username: string): Promise<BrowserCredential | undefined> {
    if (username !== BROWSER.username) return Promise.resolve(undefined);
    return Promise.resolve({
      username,
      room: ROOM,
      role: 'moderator',
      name: 'Cleo',
      personId: 'person-9',
      ha1: secrets(username, BROWSER.password),
      expiresAtMs: Date.now() + 60_000,
    });
  }

  dialled(user: string, source: string): Promise<Dialled> {
    this.lookUps.push(`${user} ${source}`);
    if (this.fails) return Promise.reject(new Error('the directory is out of order'));
    return Promise.resolve(NUMBERS[user] ?? { kind: 'unknown' });
  }

  dialledAccount(user: string): Promise<CalledAccount | undefined> {
    return Promise.resolve(user === '22' ? BERT : undefined);
  }

  planNumber(booking: string, number: string, by: LineCaller): Promise<NumberPlan> {
    this.planned.push({ number, by });
    if (!number.startsWith('+49')) return Promise.resolve({ kind: 'refused', status: 403 });
    this.booked.push(booking);
    return Promise.resolve({ kind: 'call', to: { kind: 'trunk', trunk: 'telco', number } });
  }

  callOver(booking: string): Promise<void> {
    this.givenBack.push(booking);
    this.booked.splice(this.booked.indexOf(booking), 1);
    return Promise.resolve();
  }

  bindings(username: string): Promise<readonly Binding[]> {
    return Promise.resolve(this.stored.get(username) ?? []);
  }

  setBindings(username: string, bindings: readonly Binding[]): Promise<void> {
    this.stored.set(username, bindings);
    return Promise.resolve();
  }
}

export const BERT: CalledAccount = { username: 'bert', name: 'Bert', number: '22' };
const NUMBERS: Readonly<Record<string, Dialled>> = {
  '22': { kind: 'account', ...BERT },
  '7000': { kind: 'reception' },
  '1234567890': { kind: 'meeting', room: ROOM, role: 'participant', by: 'code' },
  '5555555555': {
    kind: 'meeting',
    room: ROOM,
    role: 'participant',
    by: 'code',
    person: { id: 'person-5', name: 'Dora' },
  },
  '42': { kind: 'meeting', room: ROOM, role: 'participant', by: 'extension' },
  '9999999999': { kind: 'throttled' },
  [ROOM]: { kind: 'meeting', room: ROOM, role: 'participant', by: 'id' },
  [OTHER_ROOM]: { kind: 'meeting', room: OTHER_ROOM, role: 'participant', by: 'id' },
};

function secrets(username: string, password: string) {
  const who = { username, realm: REALM, password };
  return { md5: ha1('MD5', who), sha256: ha1('SHA-256', who) };
}

/** Credentials that answer a 401 or 407. */
export function prove(
  challenged: SipResponse,
  who: { readonly username: string; readonly password?: string },
  request: { readonly method: string; readonly uri: string; readonly nc?: number },
  algorithm: DigestAlgorithm = 'SHA-256',
): SipHeader {
  const isProxy = challenged.status === 407;
  const offered = headerValues(challenged, isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate');
  const challenge = offered.map(parseChallenge).find((each) => each?.algorithm === algorithm);
  if (!challenge) throw new Error(`no ${algorithm} challenge`);
  const password = who.password ?? PASSWORDS[who.username] ?? '';
  const secret = ha1(algorithm, { username: who.username, realm: challenge.realm, password });
  const credentials = answerChallenge(
    challenge,
    { username: who.username, ha1: secret },
    { nc: 1, cnonce: 'cnonce', ...request },
  );
  const name = isProxy ? 'Proxy-Authorization' : 'Authorization';
  return { name, value: formatAuthorization(credentials) };
}

/** Where a test wants calls to go, and what the bridge is said to know of their legs. */
export class ScriptedPlacement implements Placement {
  at: SwitchAddress | undefined;
  readonly asked: (RoomId | undefined)[] = [];
  readonly known = new Map<string, string>();
  readonly #awaited = new Map<string, ParticipantId>();

  place(room: RoomId | undefined): Promise<SwitchAddress | undefined> {
    this.asked.push(room);
    return Promise.resolve(this.at);
  }

  lastKnown(leg: string): Promise<string | undefined> {
    return Promise.resolve(this.known.get(leg));
  }

  awaitAgain(who: string, leg: ParticipantId): Promise<void> {
    this.#awaited.set(who, leg);
    return Promise.resolve();
  }

  claim(who: string): Promise<ParticipantId | undefined> {
    const leg = this.#awaited.get(who);
    this.#awaited.delete(who);
    return Promise.resolve(leg);
  }
}

export interface World {
  readonly drachtio: DrachtioStandIn;
  readonly gateway: Gateway;
  readonly directory: ScriptedDirectory;
  /** Plays FreeSWITCH: answers pings, leaves calls to the test. */
  readonly node: SipPeer;
  /** Another switch, and who says which takes calls; with `several`. */
  readonly spare: SipPeer;
  readonly placement: ScriptedPlacement;
  /** Legs whose calls ended on their way. */
  readonly gone: string[];
  readonly logged: string[];
  /** What phones asked for by REFER; each is said to be done. */
  readonly transfers: TransferWish[];
  /** A new phone; closed with the world. */
  phone(transport?: 'udp' | 'tcp' | 'ws'): Promise<SipPeer>;
  uri(user: string): string;
  restartDrachtio(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly after?: (ms: number, run: () => void) => () => void;
  readonly now?: () => number;
  readonly timing?: Timing;
  readonly pingEveryMs?: number;
  readonly tryCalls?: boolean;
  /** With two switches, and calls that can move. */
  readonly several?: boolean;
  /** Run on drachtio-server itself; DRACHTIO_REAL=1 has every test do so. */
  readonly real?: boolean;
}

/** drachtio-server cannot be looked into. */
async function startReal(port = 0, sipPort = 0): Promise<DrachtioStandIn> {
  const sip = { clients: 0, servers: 0, connections: 0 };
  const empty = { clients: 1, calls: 0, incoming: 0, outgoing: 0, sip };
  const ports = port === 0 ? {} : { port, sipPort };
  return { ...(await startRealDrachtio(SECRET, ports)), dump: () => empty };
}

/** drachtio's stand-in, a scripted switch, a scripted directory and our gateway, over real sockets. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const logged: string[] = [];
  const log = (level: string, message: string, fields: object = {}) =>
    void logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
  const standIn = (port = 0, sipPort = 0) => {
    if (options.real ?? process.env.DRACHTIO_REAL === '1') return startReal(port, sipPort);
    return startDrachtio({
      host: '127.0.0.1',
      port,
      secret: SECRET,
      sip: {
        host: '127.0.0.1',
        port: sipPort,
        wsPort: 0,
        ...(options.timing ? { timing: options.timing } : {}),
      },
      log,
      ...(options.after ? { after: options.after } : {}),
    });
  };
  let drachtio = await standIn();
  const node = await SipPeer.udp(drachtio.sipPort);
  node.onRequest = (request) => {
    if (request.method === 'OPTIONS' || request.method === 'BYE') node.answer(request, 200);
  };
  const spare = await SipPeer.udp(drachtio.sipPort);
  spare.onRequest = (request) => {
    if (request.method === 'OPTIONS' || request.method === 'BYE') spare.answer(request, 200);
  };
  const directory = new ScriptedDirectory();
  const placement = new ScriptedPlacement();
  placement.at = addressOf(node);
  const gone: string[] = [];
  const transfers: TransferWish[] = [];
  const gateway = startGateway({
    drachtio: { host: '127.0.0.1', port: drachtio.port, secret: SECRET },
    switches: options.several === true ? [node, spare].map(addressOf) : [addressOf(node)],
    ...(options.several === true && {
      placement,
      onGoneOnTheWay: (leg: string) => void gone.push(leg),
    }),
    directory,
    transfer: (wish) => {
      if (directory.fails) return Promise.reject(new Error('nobody answers'));
      transfers.push(wish);
      return Promise.resolve(200);
    },
    identityKey: IDENTITY_KEY,
    realm: REALM,
    digests: ['SHA-256', 'MD5'],
    now: options.now ?? Date.now,
    random: randomBytes,
    ...(options.pingEveryMs === undefined ? {} : { pingEveryMs: options.pingEveryMs }),
    tryCalls: options.tryCalls ?? false,
    log,
  });
  const joined = () => eventually('joined', () => gateway.status().drachtio === 'joined');
  await joined();
  const phones: SipPeer[] = [node, spare];
  return {
    get drachtio() {
      return drachtio;
    },
    gateway,
    directory,
    node,
    spare,
    placement,
    gone,
    transfers,
    logged,
    phone: async (transport = 'udp') => {
      const port = transport === 'ws' ? (drachtio.wsPort ?? 0) : drachtio.sipPort;
      const phone = await SipPeer[transport](port);
      phones.push(phone);
      return phone;
    },
    uri: (user) => `sip:${user}@127.0.0.1:${drachtio.sipPort}`,
    restartDrachtio: async () => {
      const { port: old, sipPort } = drachtio;
      await drachtio.stop();
      await eventually('lost', () => gateway.status().drachtio !== 'joined');
      drachtio = await standIn(old, sipPort);
      await joined();
    },
    stop: async () => {
      await gateway.stop();
      await drachtio.stop();
      for (const phone of phones) phone.close();
    },
  };
}

/** Where a scripted switch takes calls. */
export function addressOf(node: SipPeer): SwitchAddress {
  const [host = '', port = ''] = node.host.split(':');
  return { host, port: Number(port) };
}
