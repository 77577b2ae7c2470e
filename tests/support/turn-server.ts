import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';

const SECRET = 'a-turn-secret-for-tests-only';

/** Debian's coturn, on PATH after `apt-get install coturn`. */
export const hasTurnServer = spawnSync('turnserver', ['--version']).error === undefined;

/** coturn as deploy/turnserver.conf sets it up, on loopback and a free port. */
export class TurnServer {
  readonly #child: Child;
  readonly #folder: string;
  readonly #port: string;
  /** What Partyline needs to know. */
  readonly settings: Readonly<Record<string, string>>;

  private constructor(child: Child, folder: string, port: number) {
    this.#child = child;
    this.#folder = folder;
    this.#port = String(port);
    this.settings = {
      STUN_URLS: `stun:127.0.0.1:${port}`,
      TURN_URLS: `turn:127.0.0.1:${port}`,
      TURN_SECRET: SECRET,
    };
  }

  static async start(): Promise<TurnServer> {
    const folder = mkdtempSync(join(tmpdir(), 'partyline-turn-'));
    const port = await freePort();
    const file = join(folder, 'turnserver.conf');
    writeFileSync(file, onLoopback(readFileSync('deploy/turnserver.conf', 'utf8'), port));
    const options = ['-c', file, '--log-file=stdout', '--allow-loopback-peers', '--pidfile='];
    const child = new Child('turnserver', [...options, '--no-tls', '--no-dtls', '-v']);
    await child.prints(/listener opened on : 127\.0\.0\.1/i);
    return new TurnServer(child, folder, port);
  }

  /** What becomes of packets for `peer`: they are sent, or the reason why not. */
  async answerFor(peer: string): Promise<string> {
    const asked = ['-p', this.#port, '-W', SECRET, '-u', 'somebody', '-e', peer, '-n', '1', '-c'];
    const client = new Child('turnutils_uclient', [...asked, '127.0.0.1']);
    const [, sends, why = ''] = await client.prints(/(start_mclient)|error 403 \((.+?)\)/);
    await client.kill('SIGKILL');
    return sends === undefined ? why : 'sends';
  }

  async stop(): Promise<void> {
    await this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The lines that a machine changes, and no others. */
function onLoopback(text: string, port: number): string {
  return text
    .replaceAll('203.0.113.10', '127.0.0.1')
    .replace('REPLACE-WITH-openssl-rand-hex-32', SECRET)
    .replace('listening-port=3478', `listening-port=${port}`)
    .replace(/^(syslog|cert=.*|pkey=.*)$/gm, '');
}
