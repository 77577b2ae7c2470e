import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realServer } from '../runner/engines.ts';
import { Child } from './child.ts';
import { EslClient } from './esl-client.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

const PASSWORD = 'a-password-for-tests-only-0123456789';
const CONFIGURATION = join(import.meta.dirname, '../../freeswitch-conf');

interface Launch {
  readonly folder: string;
  readonly eslPort: number;
  readonly sipPort: number;
  /** A folder like freeswitch-conf. */
  readonly configuration: string;
  /** Over what a run of the tests sets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A real FreeSWITCH on our configuration, where this machine has one. */
export class RealFreeswitch {
  readonly eslPort: number;
  readonly sipPort: number;
  readonly password = PASSWORD;
  #child: Child;
  readonly #launch: Launch;

  private constructor(given: Launch) {
    this.#child = launch(given);
    this.#launch = given;
    this.eslPort = given.eslPort;
    this.sipPort = given.sipPort;
  }

  /** The program's path; empty where there is none. */
  static program(): string {
    return realServer('FREESWITCH_BIN', 'freeswitch');
  }

  /** On our configuration, or on another folder like it. */
  static async start({
    configuration = CONFIGURATION,
    environment = {},
  }: Partial<Pick<Launch, 'configuration' | 'environment'>> = {}): Promise<RealFreeswitch> {
    const freeswitch = await RealFreeswitch.launch(configuration, environment);
    await eventually('FreeSWITCH takes calls', () => freeswitch.#takesCalls(), 60_000);
    return freeswitch;
  }

  /** As `start`, but waits for nothing: for one that lets nobody in. */
  static async launch(
    configuration: string,
    environment: Launch['environment'] = {},
  ): Promise<RealFreeswitch> {
    const folder = mkdtempSync(join(tmpdir(), 'partyline-freeswitch-'));
    const [eslPort, sipPort] = [await freePort(), await freePort()];
    return new RealFreeswitch({ folder, eslPort, sipPort, configuration, environment });
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
    this.#child = launch(this.#launch);
    await eventually('FreeSWITCH takes calls again', () => this.#takesCalls(), 60_000);
  }

  async stop(): Promise<void> {
    await this.#child.kill('SIGTERM');
    rmSync(this.#launch.folder, { recursive: true, force: true });
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

function launch({ folder, eslPort, sipPort, configuration, environment }: Launch): Child {
  return new Child(join(configuration, 'start'), [], {
    ...process.env,
    FREESWITCH_BIN: RealFreeswitch.program(),
    PARTYLINE_FS_DIR: folder,
    PARTYLINE_ESL_PORT: String(eslPort),
    PARTYLINE_ESL_PASSWORD: PASSWORD,
    PARTYLINE_FS_SIP_IP: '127.0.0.1',
    PARTYLINE_FS_SIP_PORT: String(sipPort),
    PARTYLINE_MEDIA_IP: '127.0.0.1',
    PARTYLINE_GATEWAY_CIDR: '127.0.0.1/32',
    ...environment,
  });
}
