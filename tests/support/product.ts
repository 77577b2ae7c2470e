import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MeetingView } from '../../protocol/http/views.ts';
import type { Participant } from '../../protocol/room/room.ts';
import { bundled } from './bundled.ts';
import { Child } from './child.ts';
import { eventually } from './eventually.ts';
import { quickFolder } from './quick-folder.ts';

const MAIN = join(import.meta.dirname, '../../main.ts');
const ADMIN_KEY = 'test-admin-key-0123456789';

/** A participant as HTTP shows it. */
export type PersonView = Omit<Participant, 'joinedAtMs'> & { readonly joinedAt: string };

/** The whole product as `npm start` runs it, but in one file, on free ports and a data folder of its own. */
export class Product {
  readonly #child: Child;
  readonly #dataDir: string;
  readonly #settings: NodeJS.ProcessEnv;
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** `127.0.0.1:port`, for phones. */
  readonly sip: string;

  private constructor(child: Child, dataDir: string, settings: NodeJS.ProcessEnv, at: Addresses) {
    this.#child = child;
    this.#dataDir = dataDir;
    this.#settings = settings;
    this.url = at.url;
    this.sip = at.sip;
  }

  /** Waits until it has printed `until`, which calls can come in at unless told otherwise. */
  static async start(settings: NodeJS.ProcessEnv = {}, until = /is ready/): Promise<Product> {
    const dataDir = settings.DATA_DIR ?? quickFolder('partyline-data');
    const firstPort = 30_000 + 100 * Math.floor(Math.random() * 50);
    const all = {
      ...process.env,
      HTTP_PORT: '0',
      SIP_PORT: '0',
      RTP_PORTS: `${firstPort}-${firstPort + 4999}`,
      ADMIN_KEY,
      ...settings,
      DATA_DIR: dataDir,
    };
    const child = new Child(process.execPath, [await bundled(MAIN)], all);
    const [, url = ''] = await child.prints(/(http:\/\/[\d.]+:\d+)\/console/, 30_000);
    const [, sip = ''] = await child.prints(/sip:\d+@([\d.]+:\d+)/);
    await child.prints(until);
    return new Product(child, dataDir, settings, { url, sip });
  }

  get printed(): string {
    return this.#child.printed;
  }

  get adminKey(): string {
    return ADMIN_KEY;
  }

  get pid(): number | undefined {
    return this.#child.process.pid;
  }

  /** Kills the process at once and starts it anew on the same data and the same ports. */
  async killAndRestart(): Promise<Product> {
    await this.die();
    return this.rise();
  }

  /** The process dies without a word. */
  async die(): Promise<void> {
    await this.#child.kill('SIGKILL');
  }

  /** Another process on the same data and the same ports. */
  rise(): Promise<Product> {
    const ports = { HTTP_PORT: portOf(this.url), SIP_PORT: portOf(this.sip) };
    return Product.start({ ...this.#settings, ...ports, DATA_DIR: this.#dataDir });
  }

  /** Asks it to stop and waits; its exit code, or undefined where a signal ended it. */
  async terminate(): Promise<number | undefined> {
    await this.#child.kill('SIGTERM');
    return this.#child.process.exitCode ?? undefined;
  }

  async stop(): Promise<void> {
    await this.terminate();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** One call of the API with the admin key; throws with the problem document on refusal. */
  async api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** `/readyz`, as an administrator sees it. */
  async readiness(): Promise<{ readonly status: number; readonly text: string }> {
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    const response = await fetch(`${this.url}/readyz`, { headers });
    return { status: response.status, text: await response.text() };
  }

  createMeeting(fields: Record<string, unknown> = {}): Promise<MeetingView> {
    return this.api<MeetingView>('POST', '/meetings', { name: 'Staff meeting', ...fields });
  }

  participants(meeting: MeetingView): Promise<PersonView[]> {
    return this.api<PersonView[]>('GET', `/meetings/${meeting.id}/participants`);
  }

  /** Waits until the list satisfies `wanted`. */
  participantsWhen(
    meeting: MeetingView,
    what: string,
    wanted: (people: readonly PersonView[]) => boolean,
    withinMs = 15_000,
  ): Promise<PersonView[]> {
    const look = async (): Promise<PersonView[] | undefined> => {
      const people = await this.participants(meeting);
      return wanted(people) ? people : undefined;
    };
    return eventually(what, look, withinMs);
  }
}

interface Addresses {
  readonly url: string;
  readonly sip: string;
}

function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1);
}
