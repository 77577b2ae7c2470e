import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { WebSocket } from 'ws';
import { startApi } from '../../api/server.ts';
import type { Api, ApiSettings } from '../../api/server.ts';
import type { MeetingsSettings } from '../../meetings/open.ts';
import type { Meeting, MeetingWish } from '../../meetings/rules/meeting.ts';
import type { FeedMessage } from '../../protocol/room/feed.ts';
import type { Role } from '../../protocol/room/room.ts';
import { ADMIN_KEY, seeded, startMeetings } from './meetings.ts';
import type { TestMeetings } from './meetings.ts';
import { record } from './recorded.ts';
import type { Recorded } from './recorded.ts';
import { ScriptedRooms } from './scripted-rooms.ts';
import { SYSTEM_FACTS } from './system.ts';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface TestApi extends TestMeetings {
  readonly api: Api;
  readonly rooms: ScriptedRooms;
  readonly recorded: Recorded;
  readonly lines: LogLine[];
}

export const BEARER = { authorization: `Bearer ${ADMIN_KEY}` };

/** The whole API listening, over real meetings and rooms that the test drives. */
export async function startTestApi(
  more: Partial<ApiSettings> = {},
  settings: Partial<MeetingsSettings> = {},
): Promise<TestApi> {
  const meetings = await startMeetings(settings);
  const rooms = new ScriptedRooms();
  const lines: LogLine[] = [];
  const recorded = record(meetings, rooms, more.events);
  const webDir = pages();
  const api = await startApi({
    host: '127.0.0.1',
    port: 0,
    rooms,
    meetings: meetings.parts,
    events: recorded.events,
    sipWs: undefined,
    webDir,
    ready: () => ({ ok: true, engines: rooms.engines() }),
    testTrunk: () => Promise.resolve({ answered: false, ms: 6_000 }),
    system: () => Promise.resolve(SYSTEM_FACTS),
    limits: { perToken: 1_000, perAddress: 1_000 },
    log: (level, message, fields = {}) => lines.push({ level, message, fields }),
    now: meetings.clock.now,
    random: seeded(5),
    ...more,
  }).catch(async (error: unknown) => {
    await recorded.stop();
    await meetings.stop();
    rmSync(webDir, { recursive: true });
    throw error;
  });
  return {
    ...meetings,
    api,
    rooms,
    recorded,
    lines,
    stop: async () => {
      await api.stop();
      await recorded.stop();
      await meetings.stop();
      rmSync(webDir, { recursive: true });
    },
  };
}

/** Asks as the administrator. */
export function ask(
  { api }: TestApi,
  method: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  body?: object,
) {
  const asked = request(api.url)[method](`/api/v1${path}`).set(BEARER);
  return body === undefined ? asked : asked.send(body);
}

export async function newMeeting(
  { parts, recorded }: TestMeetings & { readonly recorded?: Recorded },
  wish: Partial<MeetingWish> = {},
): Promise<Meeting> {
  const made = await parts.meetings.create({ name: 'Standup', ...wish });
  if (!made.ok) throw new Error(made.reason);
  await recorded?.recorder.written();
  return made.meeting;
}

/** What a person with a ticket of that role holds once the softphone asked. */
export async function newPerson(
  { parts }: TestMeetings,
  meeting: Meeting,
  role: Role = 'participant',
) {
  return parts.tickets.softphone({ kind: 'ticket', room: meeting.id, role }, 'Ada');
}

function pages(): string {
  const webDir = mkdtempSync(join(tmpdir(), 'partyline-web-'));
  mkdirSync(join(webDir, 'assets'));
  for (const name of ['join.html', 'console.html', 'assets/a-1.js'])
    writeFileSync(join(webDir, name), name);
  writeFileSync(join(webDir, 'assets/big-1.js'), '// the same again\n'.repeat(500));
  writeFileSync(join(webDir, 'secret.txt'), 'not for the web');
  return webDir;
}

/** A reader of the feed. */
export class TestFeed {
  readonly messages: FeedMessage[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  #wake: () => void = () => undefined;

  constructor(url: string, options: { token?: string; headers?: Record<string, string> } = {}) {
    const protocols = ['partyline.v1', ...(options.token ? [`bearer.${options.token}`] : [])];
    this.socket = new WebSocket(url.replace(/^http/, 'ws'), protocols, {
      headers: options.headers ?? {},
    });
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer) => {
      this.messages.push(JSON.parse(data.toString()) as FeedMessage);
      this.#wake();
    });
  }

  /** All messages once there are so many. */
  async heard(count: number): Promise<readonly FeedMessage[]> {
    while (this.messages.length < count)
      await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.messages;
  }

  close(): void {
    this.socket.terminate();
  }
}

/** The status with which a handshake is refused, or 101. */
export function handshake(
  url: string,
  protocols: string[],
  headers: Record<string, string> = {},
): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), protocols, { headers });
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });
}
