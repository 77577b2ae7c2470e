import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realServer } from '../runner/engines.ts';
import { Child } from './child.ts';
import { EslClient } from './esl-client.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

const PASSWORD = 'a-password-for-tests-only-0123456789';
const ROOT = join(import.meta.dirname, '../..');

/** A real FreeSWITCH on our configuration, where this machine has one. */
export class RealFreeswitch {
  readonly eslPort: number;
  readonly sipPort: number;
  readonly password = PASSWORD;
  #child: Child;
  readonly #folder: string;

  private constructor(child: Child, folder: string, eslPort: number, sipPort: number) {
    this.#child = child;
    this.#folder = folder;
    this.eslPort = eslPort;
    this.sipPort = sipPort;
  }

  /** The program's path; empty where there is none. */
  static program(): string {
    return realServer('FREESWITCH_BIN', 'freeswitch');
  }

  static async start(): Promise<RealFreeswitch> {
    const folder = mkdtempSync(join(tmpdir(), 'partyline-freeswitch-'));
    const [eslPort, sipPort] = [await freePort(), await freePort()];
    for (const name of ['log', 'db', 'run', 'recordings']) mkdirSync(join(folder, name));
    const child = launch(folder, eslPort, sipPort);
    const freeswitch = new RealFreeswitch(child, folder, eslPort, sipPort);
    await eventually('FreeSWITCH takes calls', () => freeswitch.#takesCalls(), 60_000);
    return freeswitch;
  }

  /** What FREESWITCH is to be. */
  get setting(): string {
    return `esl://:${PASSWORD}@127.0.0.1:${this.eslPort}?sip=127.0.0.1:${this.sipPort}`;
  }

  get pid(): number | undefined {
    return this.#child.process.pid;
  }

  /** The process dies without a word. */
  async die(): Promise<void> {
    await this.#child.kill('SIGKILL');
  }

  /** Another process at the same addresses, ready for calls. */
  async restart(): Promise<void> {
    this.#child = launch(this.#folder, this.eslPort, this.sipPort);
    await eventually('FreeSWITCH takes calls again', () => this.#takesCalls(), 60_000);
  }

  async stop(): Promise<void> {
    await this.#child.kill('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #takesCalls(): Promise<boolean> {
    try {
      const esl = await EslClient.connect(this.eslPort, PASSWORD);
      const status = await esl.api('sofia status profile partyline');
      esl.close();
      return status.includes('RUNNING') || status.includes('SIP-IP');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return false;
      throw error;
    }
  }
}

function launch(folder: string, eslPort: number, sipPort: number): Child {
  return new Child(
    RealFreeswitch.program(),
    [
      ...['-conf', join(ROOT, 'freeswitch-conf')],
      ...['log', 'db', 'run', 'recordings'].flatMap((name) => [`-${name}`, join(folder, name)]),
      ...['-nonat', '-nc', '-nf', '-np'],
    ],
    {
      ...process.env,
      PARTYLINE_ESL_PORT: String(eslPort),
      PARTYLINE_ESL_PASSWORD: PASSWORD,
      PARTYLINE_FS_SIP_IP: '127.0.0.1',
      PARTYLINE_FS_SIP_PORT: String(sipPort),
      PARTYLINE_MEDIA_IP: '127.0.0.1',
      PARTYLINE_GATEWAY_CIDR: '127.0.0.1/32',
    },
  );
}
