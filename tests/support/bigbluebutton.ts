import { createHash } from 'node:crypto';
import { encode } from 'node:querystring';
import { startApi } from '../../api/server.ts';
import type { Api, ApiSettings } from '../../api/server.ts';
import { openMeetings } from '../../meetings/open.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { LogLine } from './api.ts';
import { seeded, START_MS, startMeetings, TestTimers } from './meetings.ts';
import type { TestMeetings } from './meetings.ts';
import { record } from './recorded.ts';
import { ScriptedRooms } from './scripted-rooms.ts';

export const SECRET = '639259d4-9dd8-4b25-bf01-95f9567eaf4b';

export type Params = Readonly<Record<string, string | number | boolean>>;

/** An element as a client's parser gives it: text, or elements by their names. */
export interface XmlNode {
  readonly text: string;
  readonly children: readonly (readonly [name: string, node: XmlNode])[];
}

export interface BbbReply {
  readonly status: number;
  readonly body: string;
  readonly location: string | null;
  /** The text of `a/b/c` below `<response>`; of several the first. */
  readonly at: (path: string) => string | undefined;
  /** All elements of that path's last name. */
  readonly all: (path: string) => readonly XmlNode[];
}

export interface BbbWorld extends TestMeetings {
  readonly api: Api;
  readonly rooms: ScriptedRooms;
  readonly timers: TestTimers;
  readonly lines: LogLine[];
  /** `https://host/bigbluebutton/api`. */
  readonly url: string;
  call(name: string, params?: Params): Promise<BbbReply>;
  /** Stops and starts on the same store, with rooms of which nothing is known yet. */
  restart(): Promise<BbbWorld>;
}

/** The whole API with BigBlueButton's, over real meetings and rooms that the test drives. */
export async function startBigBlueButtonWorld(
  privateCallbacks = false,
  given?: TestMeetings,
  more: Partial<ApiSettings> = {},
): Promise<BbbWorld> {
  const timers = new TestTimers();
  const meetings = given ?? (await startMeetings({ after: timers.after }));
  const rooms = new ScriptedRooms();
  const lines: LogLine[] = [];
  const recorded = record(meetings, rooms);
  const api = await startApi({
    host: '127.0.0.1',
    port: 0,
    rooms,
    meetings: meetings.parts,
    events: recorded.events,
    sipWs: undefined,
    webDir: '/nowhere',
    ready: () => ({ ok: true, engines: rooms.engines() }),
    limits: { perToken: 100_000, perAddress: 100_000 },
    log: (level, message, fields = {}) => lines.push({ level, message, fields }),
    now: meetings.clock.now,
    random: seeded(5),
    bigbluebutton: {
      secret: SECRET,
      privateCallbacks,
      store: meetings.store,
      after: timers.after,
    },
    ...more,
  });
  const url = `${api.url}/bigbluebutton/api`;
  return {
    ...meetings,
    api,
    rooms,
    timers,
    lines,
    url,
    call: (name, params = {}) => get(`${url}/${signedCall(name, params)}`),
    restart: async () => {
      await api.stop();
      await recorded.stop();
      await meetings.parts.stop();
      const parts = await openMeetings({ ...meetings.settings, after: timers.after });
      return startBigBlueButtonWorld(privateCallbacks, { ...meetings, parts });
    },
    stop: async () => {
      await api.stop();
      await recorded.stop();
      await meetings.stop();
    },
  };
}

/** `call?query&checksum=…`, as bigbluebutton-js makes it. */
export function signedCall(name: string, params: Params = {}, algorithm = 'sha1'): string {
  return signedQuery(name, encode(params), algorithm);
}

export function signedQuery(name: string, query: string, algorithm = 'sha1'): string {
  const checksum = createHash(algorithm).update(`${name}${query}${SECRET}`).digest('hex');
  return `${name}?${query}${query === '' ? '' : '&'}checksum=${checksum}`;
}

export async function get(url: string, init: RequestInit = {}): Promise<BbbReply> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const body = await response.text();
  const isXml = response.headers.get('content-type')?.startsWith('text/xml') === true;
  const root = isXml ? parseXml(body) : { text: '', children: [] };
  const all = (path: string): readonly XmlNode[] =>
    path.split('/').reduce((nodes, name) => nodes.flatMap((node) => named(node, name)), [root]);
  return {
    status: response.status,
    body,
    location: response.headers.get('location'),
    at: (path) => all(path)[0]?.text,
    all,
  };
}

export function named(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter(([each]) => each === name).map(([, child]) => child);
}

/** What is in `<response>`. Throws where the text is not well-formed XML as we write it. */
export function parseXml(text: string): XmlNode {
  const [root, end] = readElement(text, 0);
  if (end !== text.length || root[0] !== 'response') throw new Error(`no response: ${text}`);
  return root[1];
}

function readElement(text: string, at: number): [readonly [string, XmlNode], number] {
  const [open, name = ''] = match(/<([A-Za-z_][\w.-]*)>/y, text, at);
  let next = at + open.length;
  const children: (readonly [string, XmlNode])[] = [];
  let inside = '';
  for (;;) {
    const [characters] = match(/(?:[^<>&]|&(?:amp|lt|gt|quot|apos|#13);)*/y, text, next);
    inside += characters;
    next += characters.length;
    if (text.startsWith('</', next)) break;
    const [child, end] = readElement(text, next);
    children.push(child);
    next = end;
  }
  const [close] = match(new RegExp(`</${name}>`, 'y'), text, next);
  return [[name, { text: unescaped(inside), children }], next + close.length];
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (!found) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 40)}`);
  return found;
}

function unescaped(text: string): string {
  const CHARACTERS: Readonly<Record<string, string>> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&apos;': "'",
    '&#13;': '\r',
  };
  return text.replace(/&[a-z#0-9]+;/g, (reference) => CHARACTERS[reference] ?? reference);
}

export const STAFF = {
  name: 'Staff',
  meetingID: 'staff-1',
  attendeePW: 'apw',
  moderatorPW: 'mpw',
};

/** Our meeting behind one that a client made. */
export async function makeStaff(world: BbbWorld, more: Params = {}): Promise<Meeting> {
  const made = await world.call('create', { ...STAFF, ...more });
  const extension = made.at('voiceBridge');
  const found = (await world.parts.meetings.list()).find(
    (each) => each.extension === extension && each.endedAtMs === undefined,
  );
  if (made.at('returncode') !== 'SUCCESS' || !found) throw new Error(made.body);
  return found;
}

/** As what a call is refused, with a message for people in either shape. */
export async function refusalOf(
  world: BbbWorld,
  name: string,
  params: Params = {},
): Promise<string | undefined> {
  const reply = await world.call(name, params);
  const message = reply.at('message') ?? reply.at('errors/error/message') ?? '';
  if (reply.status !== 200 || reply.at('returncode') !== 'FAILED' || message === '')
    throw new Error(`not refused: ${reply.status} ${reply.body}`);
  return reply.at('messageKey') ?? reply.at('errors/error/key');
}

/** As it was at first: no meeting, nobody anywhere, the clock at its start. */
export async function cleared(world: BbbWorld): Promise<void> {
  const { rooms, clock, lines } = world;
  const { meetings } = world.parts;
  for (const { id } of await meetings.list()) await meetings.delete(id);
  for (const room of [...rooms.rooms().keys()]) rooms.tell({ kind: 'room-closed', room });
  rooms.wishes.length = 0;
  rooms.outcome = { ok: true };
  lines.length = 0;
  clock.nowMs = START_MS;
}
