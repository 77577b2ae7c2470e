import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { samplesOf, writeTone } from './tone-file.ts';

export interface PhoneOptions {
  readonly user: string;
  readonly name?: string;
  readonly codec: 'PCMU' | 'PCMA' | 'G722';
  /** The tone this phone's microphone picks up. */
  readonly toneHz: number;
  readonly transport?: 'udp' | 'tcp';
  /** `host:port` to register at, with the password; absent: no account. */
  readonly account?: { readonly server: string; readonly password: string };
  /** Its own address, for SIP and for sound; absent: 127.0.0.1. */
  readonly host?: string | undefined;
  /** A line of its `accounts` file that somebody else wrote; in place of all that stands for one here. */
  readonly accountLine?: string;
}

/** What baresip calls each codec, and the sampling rate of its audio files. */
const CODECS = {
  PCMU: { name: 'pcmu/8000/1', rateHz: 8000 },
  PCMA: { name: 'pcma/8000/1', rateHz: 8000 },
  G722: { name: 'G722/16000/1', rateHz: 16_000 },
} as const;

/** Of a WAV file as baresip writes it. */
const HEADER_BYTES = 44;
/** How often a growing recording is looked at. */
const READING_MS = 40;

interface ControlEvent {
  readonly event?: boolean;
  readonly type?: string;
  readonly param?: string;
}

/** A desk phone: Debian's baresip with a tone for a microphone and a recorder for an ear. */
export class Baresip {
  readonly rateHz: number;
  readonly #folder: string;
  readonly #child: Child;
  readonly #control: Socket;
  readonly #events: ControlEvent[] = [];
  #pending = '';

  private constructor(folder: string, child: Child, control: Socket, rateHz: number) {
    this.#folder = folder;
    this.#child = child;
    this.#control = control;
    this.rateHz = rateHz;
    control.on('data', (chunk: Buffer) => this.#onControl(chunk.toString()));
  }

  static async start(options: PhoneOptions): Promise<Baresip> {
    const folder = mkdtempSync(join(tmpdir(), 'partyline-baresip-'));
    const codec = CODECS[options.codec];
    const controlPort = await freePort();
    writeTone(join(folder, 'tone.wav'), { hz: options.toneHz, rateHz: codec.rateHz, seconds: 150 });
    writeFileSync(
      join(folder, 'config'),
      config(folder, codec.rateHz, {
        host: options.host ?? '127.0.0.1',
        sip: await freePort(),
        control: controlPort,
      }),
    );
    writeFileSync(join(folder, 'accounts'), options.accountLine ?? account(options));
    writeFileSync(join(folder, 'contacts'), '');
    const child = new Child('baresip', ['-f', folder, '-t', '170']);
    const control = await eventually('baresip listens for commands', () => tryConnect(controlPort));
    return new Baresip(folder, child, control, codec.rateHz);
  }

  async dial(uri: string): Promise<void> {
    this.#command('dial', uri);
    await this.waitFor('CALL_ESTABLISHED');
  }

  /** Dials without waiting for an answer. */
  ring(uri: string): void {
    this.#command('dial', uri);
  }

  /** Takes the call that rings. */
  async answer(): Promise<void> {
    await this.waitFor('CALL_INCOMING');
    this.#command('accept');
    await this.waitFor('CALL_ESTABLISHED');
  }

  /** Presses keys, sent as RFC 4733 events. */
  press(keys: string): void {
    for (const key of keys) this.#command('sndcode', key);
  }

  hangUp(): void {
    this.#command('hangup');
  }

  /** Holds the call (re-INVITE), and takes it back. */
  hold(): void {
    this.#command('hold');
  }

  resume(): void {
    this.#command('resume');
  }

  /** Sends REFER in the call: the other one is to be called elsewhere. */
  transfer(uri: string): void {
    this.#command('transfer', uri);
  }

  /** Waits until baresip has told of an event of this type (once: each event is taken off). */
  async waitFor(type: string, withinMs = 15_000): Promise<string> {
    const event = await eventually(`baresip says ${type}`, () => this.#take(type), withinMs);
    return event.param ?? '';
  }

  /** Waits until the account is registered: baresip may have told so before anybody listened. */
  async registered(): Promise<void> {
    await eventually('baresip is registered', () => /registered successfully/.test(this.printed));
  }

  /** What this phone hears in the next `ms` of audio. */
  async hear(ms: number): Promise<Int16Array> {
    const path = await eventually('baresip records what it hears', () => this.#recording());
    const from = Math.floor((statSync(path).size - 44) / 2);
    const wanted = (this.rateHz * ms) / 1000;
    const bytes = 44 + 2 * (from + wanted);
    await eventually(`${ms} ms of audio`, () => statSync(path).size >= bytes, ms + 8000);
    return samplesOf(readFileSync(path), from).subarray(0, wanted);
  }

  /** Tells of all that the phone hears in the call that is next recorded; returns how to stop. */
  follow(take: (pcm: Int16Array) => void): () => void {
    const earlier = this.#recording();
    const chunk = Buffer.alloc(2 * this.rateHz);
    let [file, at] = [-1, HEADER_BYTES];
    const read = (): void => {
      const path = this.#recording();
      if (file < 0 && path !== undefined && path !== earlier) file = openSync(path, 'r');
      if (file < 0) return;
      const bytes = readSync(file, chunk, 0, chunk.length, at) & ~1;
      at += bytes;
      if (bytes > 0) take(new Int16Array(chunk.buffer.slice(0, bytes)));
    };
    const timer = setInterval(read, READING_MS);
    return () => {
      clearInterval(timer);
      if (file >= 0) closeSync(file);
    };
  }

  /** The cable is pulled: no more RTP, no BYE. */
  async unplug(): Promise<void> {
    await this.#child.kill('SIGKILL');
  }

  get printed(): string {
    return this.#child.printed;
  }

  async stop(): Promise<void> {
    this.#control.destroy();
    await this.#child.kill('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #recording(): string | undefined {
    const name = readdirSync(this.#folder)
      .filter((each) => each.endsWith('-dec.wav'))
      .sort()
      .at(-1);
    return name === undefined ? undefined : join(this.#folder, name);
  }

  #take(type: string): ControlEvent | undefined {
    const at = this.#events.findIndex((event) => event.type === type);
    return at < 0 ? undefined : this.#events.splice(at, 1)[0];
  }

  #command(command: string, params = ''): void {
    const json = JSON.stringify({ command, params });
    this.#control.write(`${Buffer.byteLength(json)}:${json},`);
  }

  /** Netstrings of JSON: replies and events. */
  #onControl(text: string): void {
    this.#pending += text;
    for (;;) {
      const match = /^(\d+):/.exec(this.#pending);
      const start = match?.[0].length ?? 0;
      const length = Number(match?.[1] ?? Number.NaN);
      if (!(this.#pending.length > start + length)) return;
      const message = JSON.parse(this.#pending.slice(start, start + length)) as ControlEvent;
      this.#pending = this.#pending.slice(start + length + 1);
      if (message.event === true) this.#events.push(message);
    }
  }
}

function tryConnect(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

function account({ user, name, codec, account: registered, transport }: PhoneOptions): string {
  const server = registered?.server ?? '127.0.0.1';
  const login = registered
    ? `;auth_user=${user};auth_pass=${registered.password};regint=60`
    : ';regint=0';
  const display = name === undefined ? '' : `"${name}" `;
  const codecs = `;audio_codecs=${CODECS[codec].name}`;
  return `${display}<sip:${user}@${server};transport=${transport ?? 'udp'}>${login}${codecs}\n`;
}

function config(
  folder: string,
  rateHz: number,
  at: { readonly host: string; readonly sip: number; readonly control: number },
): string {
  const modules = ['stdio', 'g711', 'g722', 'aufile', 'aubridge', 'sndfile'];
  return [
    'poll_method epoll',
    `sip_listen ${at.host}:${at.sip}`,
    `audio_source aufile,${folder}/tone.wav`,
    'audio_player aubridge,nowhere',
    'audio_alert aubridge,nowhere',
    `ausrc_srate ${rateHz}`,
    `auplay_srate ${rateHz}`,
    'ausrc_channels 1',
    'auplay_channels 1',
    'rtp_ports 40000-44998',
    `net_interface ${at.host}`,
    `ctrl_tcp_listen 127.0.0.1:${at.control}`,
    `snd_path ${folder}`,
    'module_path /usr/lib/baresip/modules',
    ...modules.map((module) => `module ${module}.so`),
    'module_tmp uuid.so',
    'module_tmp account.so',
    'module_app contact.so',
    'module_app ctrl_tcp.so',
    'module_app menu.so',
    '',
  ].join('\n');
}
