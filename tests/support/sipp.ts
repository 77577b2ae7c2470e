import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.ts';
import { eventually } from './eventually.ts';

export interface SippOptions {
  /** `host:port` */
  readonly server: string;
  readonly dialled: string;
  readonly transport: 'udp' | 'tcp';
  readonly calls: number;
  readonly callsPerSecond: number;
  /** How long each call lasts after the answer. */
  readonly holdMs: number;
  /** Where the audio of the calls is received and sent from; sipp itself only signals. */
  readonly media: { readonly address: string; readonly port: number };
}

export interface SippResult {
  readonly exitCode: number | undefined;
  /** INVITE to 200, each call. */
  readonly answerMs: readonly number[];
}

/** A sipp run that places calls; ends by itself. */
export class Sipp {
  readonly #child: Child;
  readonly #folder: string;

  constructor(options: SippOptions) {
    this.#folder = mkdtempSync(join(tmpdir(), 'partyline-sipp-'));
    const scenario = join(this.#folder, 'caller.xml');
    writeFileSync(scenario, callerScenario(options));
    this.#child = new Child('sh', [
      ...['-c', 'cd "$0" && exec sipp "$@"', this.#folder],
      ...[options.server, '-sf', scenario, '-m', String(options.calls)],
      ...['-r', String(options.callsPerSecond), '-l', String(options.calls)],
      ...['-i', '127.0.0.1', '-t', options.transport === 'tcp' ? 't1' : 'u1'],
      ...[
        '-s',
        options.dialled,
        '-trace_rtt',
        '-rtt_freq',
        '1',
        '-trace_err',
        '-trace_logs',
        '-nostdin',
      ],
    ]);
  }

  get printed(): string {
    return this.#child.printed;
  }

  /** Where the far end takes the audio of the first call, once that is answered. */
  mediaPort(): Promise<number> {
    return eventually('sipp is answered', () => {
      const text = this.#read('_logs.log') ?? '';
      const port = /media (\d+)/.exec(text)?.[1];
      return port === undefined ? undefined : Number(port);
    });
  }

  /** Waits until every call is over. */
  async finish(): Promise<SippResult> {
    const exitCode = await this.#child.exit();
    const answerMs = this.#readTimes();
    rmSync(this.#folder, { recursive: true, force: true });
    return { exitCode, answerMs };
  }

  async stop(): Promise<void> {
    await this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** sipp writes `date;milliseconds;name` a call. */
  #readTimes(): number[] {
    const rows = (this.#read('_rtt.csv') ?? '').trim().split('\n').slice(1);
    return rows.map((row) => Number(row.split(';')[1]));
  }

  #read(ending: string): string | undefined {
    const name = readdirSync(this.#folder).find((each) => each.endsWith(ending));
    return name === undefined ? undefined : readFileSync(join(this.#folder, name), 'utf8');
  }
}

const HEAD = (method: string, cseq: number, to: string): string => `
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport
      Max-Forwards: 70
      From: "Sipp [call_number]" <sip:sipp@127.0.0.1>;tag=[pid]t[call_number]
      To: <sip:[service]@[remote_ip]:[remote_port]>${to}
      Call-ID: [call_id]
      CSeq: ${cseq} ${method}
      Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>`;

function callerScenario({ holdMs, media }: SippOptions): string {
  return `<?xml version="1.0" encoding="ISO-8859-1"?>
<scenario name="caller">
  <send retrans="500" start_rtd="answer"><![CDATA[
      INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0${HEAD('INVITE', 1, '')}
      Content-Type: application/sdp
      Content-Length: [len]

      v=0
      o=sipp 1 1 IN IP4 ${media.address}
      s=-
      c=IN IP4 ${media.address}
      t=0 0
      m=audio ${media.port} RTP/AVP 0 101
      a=rtpmap:0 PCMU/8000
      a=rtpmap:101 telephone-event/8000
      a=sendrecv
  ]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rtd="answer" rrs="true">
    <action>
      <ereg regexp="m=audio ([0-9]+)" search_in="body" assign_to="line,port"/>
      <log message="media [$port] of [$line]"/>
    </action>
  </recv>
  <send><![CDATA[
      ACK [next_url] SIP/2.0${HEAD('ACK', 1, '[peer_tag_param]')}
      [routes]
      Content-Length: 0
  ]]></send>
  <recv request="BYE" timeout="${holdMs}" ontimeout="leave" next="bye"/>
  <label id="leave"/>
  <send retrans="500"><![CDATA[
      BYE [next_url] SIP/2.0${HEAD('BYE', 2, '[peer_tag_param]')}
      [routes]
      Content-Length: 0
  ]]></send>
  <recv response="200" next="end"/>
  <label id="bye"/>
  <send next="end"><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Content-Length: 0
  ]]></send>
  <label id="end"/>
</scenario>
`;
}
