import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

export interface SippKeypadOptions {
  /** `host:port` */
  readonly server: string;
  readonly dialled: string;
  readonly user: string;
  readonly name?: string;
  /** Where the audio of the call is received and sent from; sipp itself only signals. */
  readonly media: { readonly address: string; readonly port: number };
}

/** One call by sipp, led key by key: each is an INFO with application/dtmf-relay. */
export class SippKeypad {
  readonly #child: Child;
  readonly #folder: string;
  readonly #wire: Socket;
  readonly #callId = randomUUID();
  #pressed = 0;

  private constructor(folder: string, child: Child, wire: Socket) {
    this.#folder = folder;
    this.#child = child;
    this.#wire = wire;
  }

  /** Begins the call. */
  static async call(options: SippKeypadOptions): Promise<SippKeypad> {
    const folder = mkdtempSync(join(tmpdir(), 'partyline-sipp-'));
    const port = await freePort();
    writeFileSync(join(folder, 'keypad.xml'), scenario(options));
    // sipp as the slave of a master, which is this test: its calls do what they are told.
    writeFileSync(join(folder, 'peers'), `test;127.0.0.1:1\nphone;127.0.0.1:${port}\n`);
    const child = new Child('sh', [
      ...['-c', 'cd "$0" && exec sipp "$@"', folder],
      ...[options.server, '-sf', 'keypad.xml', '-slave', 'phone', '-slave_cfg', 'peers'],
      ...[
        '-m',
        '1',
        '-i',
        options.media.address,
        '-p',
        `${port}`,
        '-t',
        'u1',
        '-s',
        options.dialled,
      ],
      // It answers OPTIONS by itself.
      ...['-aa', '-nostdin', '-trace_logs', '-trace_err'],
    ]);
    const wire = await eventually('sipp takes orders', () => {
      if (child.ended) throw new Error(`sipp ended: ${child.printed.slice(-1000)}`);
      return tryConnect(port);
    });
    const phone = new SippKeypad(folder, child, wire);
    phone.#order('dial');
    return phone;
  }

  get printed(): string {
    return this.#child.printed;
  }

  /** Where the far end takes the audio, once the call is answered. */
  mediaPort(): Promise<number> {
    return eventually('sipp is answered', () => {
      if (this.#child.ended) throw new Error(`no call: ${this.#why()}`);
      const port = /media (\d+)/.exec(this.#read('_logs.log'))?.[1];
      return port === undefined ? undefined : Number(port);
    });
  }

  /** Each key when the one before it was answered with 200. */
  async press(keys: string): Promise<void> {
    for (const key of keys) {
      this.#pressed += 1;
      this.#order(key);
      await eventually(`the INFO with ${key} is answered`, () => {
        if (this.#child.ended) throw new Error(`the call ended: ${this.#why()}`);
        return this.#read('_logs.log').split('pressed').length > this.#pressed;
      });
    }
  }

  hangUp(): void {
    this.#order('hang-up');
  }

  /** Waits until the call is over, by whoever. */
  async over(withinMs = 15_000): Promise<void> {
    await eventually('sipp is done', () => this.#child.ended, withinMs);
  }

  async stop(): Promise<void> {
    this.#wire.destroy();
    await this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #why(): string {
    return this.#read('_errors.log') + this.#child.printed.slice(-500);
  }

  #read(ending: string): string {
    const name = readdirSync(this.#folder).find((each) => each.endsWith(ending));
    return name === undefined ? '' : readFileSync(join(this.#folder, name), 'utf8');
  }

  /** sipp's own form: headers, and an escape character at the end. */
  #order(what: string): void {
    this.#wire.write(`Call-ID: ${this.#callId}\r\nFrom: test\r\nOrder: ${what}\r\n\r\n\x1b`);
  }
}

function tryConnect(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

/** Via needs a branch of its own each time: sipp makes one a line of its scenario. */
const HEAD = ({ user, name }: SippKeypadOptions, method: string, to: string): string => `
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]-[cseq];rport
      Max-Forwards: 70
      From: ${name === undefined ? '' : `"${name}" `}<sip:${user}@127.0.0.1>;tag=[pid]t[call_number]
      To: <sip:[service]@[remote_ip]:[remote_port]>${to}
      Call-ID: [call_id]
      CSeq: [cseq] ${method}
      Contact: <sip:${user}@[local_ip]:[local_port];transport=[transport]>`;

function request(options: SippKeypadOptions, method: string, body = ''): string {
  return `<![CDATA[
      ${method} [next_url] SIP/2.0${HEAD(options, method, '[peer_tag_param]')}
      [routes]${body === '' ? '' : '\n      Content-Type: application/dtmf-relay'}
      Content-Length: [len]

${body}]]>`;
}

function scenario(options: SippKeypadOptions): string {
  const { media } = options;
  return `<?xml version="1.0" encoding="ISO-8859-1"?>
<scenario name="keypad">
  <recvCmd src="test"/>
  <send retrans="500"><![CDATA[
      INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0${HEAD(options, 'INVITE', '')}
      Content-Type: application/sdp
      Content-Length: [len]

      v=0
      o=sipp 1 1 IN IP4 ${media.address}
      s=-
      c=IN IP4 ${media.address}
      t=0 0
      m=audio ${media.port} RTP/AVP 0
      a=rtpmap:0 PCMU/8000
  ]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rrs="true">
    <action>
      <ereg regexp="m=audio ([0-9]+)" search_in="body" assign_to="line,port"/>
      <log message="media [$port] of [$line]"/>
    </action>
  </recv>
  <send>${request(options, 'ACK')}</send>
  <label id="1"/>
  <recvCmd src="test">
    <action>
      <ereg regexp="Order: ([0-9a-z*#-]+)" search_in="msg" assign_to="text,order"/>
      <strcmp assign_to="difference" variable="order" value="hang-up"/>
      <test assign_to="leaves" variable="difference" compare="equal" value="0"/>
    </action>
  </recvCmd>
  <nop next="2" test="leaves"/>
  <send retrans="500">${request(options, 'INFO', '      Signal=[$order]\n      Duration=160\n')}</send>
  <recv response="200" next="1">
    <action><log message="pressed [$order] after [$text] and [$line]"/></action>
  </recv>
  <label id="2"/>
  <send retrans="500">${request(options, 'BYE')}</send>
  <recv response="200"/>
</scenario>
`;
}
