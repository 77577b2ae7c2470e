import { randomBytes } from 'node:crypto';
import { isAny, type Config, type DrachtioServer, type FreeswitchNode } from './config.ts';
import { hostPort } from './engine-address.ts';
import type { Log } from './protocol/log.ts';
import type { Started } from './started.ts';
import { startDrachtio } from './switch/drachtio/drachtio.ts';
import { startEmbeddedFreeswitch } from './switch/embedded.ts';
import { findFfmpeg } from './switch/media/ffmpeg.ts';

/** The servers that do the work, and how they are reached. */
export interface Engines {
  readonly freeswitch: readonly FreeswitchNode[];
  readonly drachtio: DrachtioServer;
  /** `ws://host:port` for browsers' SIP. */
  readonly ws: string;
  /** `host:port` that phones dial. */
  readonly sipAddress: string;
  /** Our SIP side as FreeSWITCH reaches it, for calls out. */
  readonly gateway: { readonly host: string; readonly port: number };
}

/**
 * The engines that the settings name; the embedded ones in place of those they do not. Nothing after
 * this knows which it has. Throws, with the settings to look at, where phones' port is taken.
 */
export async function openEngines(config: Config, started: Started, log: Log): Promise<Engines> {
  const freeswitch =
    config.freeswitch.length > 0
      ? config.freeswitch
      : [await embedFreeswitch(config, started, log)];
  const { drachtio } = config;
  if (drachtio === undefined) return { freeswitch, ...(await embedDrachtio(config, started, log)) };
  const sipAddress = hostPort(config.publicIp, config.sip.port);
  const gateway = { host: reachable(config), port: config.sip.port };
  return { freeswitch, drachtio, ws: config.drachtioWs, sipAddress, gateway };
}

async function embedFreeswitch(
  config: Config,
  started: Started,
  log: Log,
): Promise<FreeswitchNode> {
  const ffmpeg = findFfmpeg(config.ffmpeg, process.env.PATH ?? '');
  const freeswitch = await startEmbeddedFreeswitch({
    mediaHost: config.sip.host,
    publicHost: config.publicIp,
    rtpPorts: config.rtpPorts,
    ...(ffmpeg === undefined ? {} : { ffmpeg }),
    log,
  });
  started.push(() => freeswitch.stop());
  return freeswitch;
}

async function embedDrachtio(
  config: Config,
  started: Started,
  log: Log,
): Promise<Omit<Engines, 'freeswitch'>> {
  const secret = randomBytes(24).toString('hex');
  const { host, port } = config.sip;
  const drachtio = await startDrachtio({
    host: '127.0.0.1',
    port: 0,
    secret,
    sip: { host, port, wsPort: 0, publicHost: config.publicIp },
    log,
  }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${why}. See SIP_HOST and SIP_PORT.`, { cause: error });
  });
  started.push(() => drachtio.stop());
  return {
    drachtio: { host: '127.0.0.1', port: drachtio.port, secret },
    ws: `ws://127.0.0.1:${drachtio.wsPort}`,
    sipAddress: hostPort(config.publicIp, drachtio.sipPort),
    gateway: { host: reachable(config), port: drachtio.sipPort },
  };
}

/** Listening on every address names none: our own FreeSWITCH reaches us here, others as phones do. */
function reachable({ sip, publicIp, freeswitch }: Config): string {
  if (!isAny(sip.host)) return sip.host;
  return freeswitch.length === 0 ? '127.0.0.1' : publicIp;
}
