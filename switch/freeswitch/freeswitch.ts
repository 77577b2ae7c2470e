import { randomUUID } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { hostname } from 'node:os';
import type { Log } from '../../protocol/log.ts';
import type { Media } from '../media/contract.ts';
import { Calls } from './calls.ts';
import { APPLICATIONS } from './core/applications.ts';
import type { NodeSettings, World } from './core/node.ts';
import { SwitchNode } from './core/node.ts';
import { Engine } from './engine.ts';
import { EslServer } from './esl-server.ts';

export interface FreeswitchOptions {
  readonly host: string;
  /** The event socket's; 0 takes a free one. */
  readonly eslPort: number;
  readonly password: string;
  /** SIP's, UDP and TCP; 0 takes a free one. */
  readonly sipPort: number;
  readonly media: Media;
  readonly log: Log;
  /** Where relative sound paths begin. */
  readonly soundsDir?: string;
  /** How many samples a second rooms mix at; 48000 when absent, as in freeswitch-conf. */
  readonly roomRateHz?: number;
  /** The SIP profile's name; `partyline` when absent, as in freeswitch-conf. */
  readonly profile?: string;
  /** Microseconds since 1970, never going back. */
  readonly nowUs?: () => number;
}

/** The embedded FreeSWITCH, running. */
export interface FreeswitchStandIn {
  readonly eslPort: number;
  /** `host:port`. */
  readonly sipAddress: string;
  readonly password: string;
  /** Hangs up every call with SYSTEM_SHUTDOWN, then closes its sockets. The media worker stays. */
  stop(): Promise<void>;
  /** What is alive, for tests and leak checks. */
  dump(): FreeswitchDump;
}

export interface FreeswitchDump {
  readonly channels: number;
  readonly rooms: number;
  readonly controllers: number;
  readonly dialogs: number;
}

/** Starts the stand-in: event socket and SIP on `host`, media by the worker given. */
export async function startFreeswitch(options: FreeswitchOptions): Promise<FreeswitchStandIn> {
  const { host, log, media } = options;
  const profile = options.profile ?? 'partyline';
  const calls = await Calls.listen({ host, port: options.sipPort, profile, log });
  const settings: NodeSettings = {
    coreUuid: randomUUID(),
    hostname: hostname(),
    address: host,
    sofiaProfile: profile,
    sipAddress: calls.address,
    roomRateHz: options.roomRateHz ?? 48_000,
    ...(options.soundsDir === undefined ? {} : { soundsDir: options.soundsDir }),
  };
  const node = new SwitchNode(settings, worldOf(options.nowUs ?? monotonicUs), APPLICATIONS);
  const engine = new Engine({ node, media, calls });
  const { password } = options;
  const server = await openEventSocket(options, engine, calls);
  engine.start((event) => server.publish(event));
  return {
    eslPort: server.port,
    sipAddress: calls.address,
    password,
    async stop() {
      engine.stop();
      await Promise.all([server.stop(), calls.stop()]);
    },
    dump: () => ({
      channels: node.channels.size,
      rooms: node.mixers.size,
      controllers: server.connections,
      dialogs: calls.size,
    }),
  };
}

async function openEventSocket(
  { host, eslPort, password, log }: FreeswitchOptions,
  engine: Engine,
  calls: Calls,
): Promise<EslServer> {
  try {
    return await EslServer.listen({ host, port: eslPort, password, log }, engine);
  } catch (error) {
    await calls.stop();
    throw error;
  }
}

function worldOf(nowUs: () => number): World {
  return { nowUs, uuid: randomUUID, canRead };
}

function monotonicUs(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

function canRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
