import { randomBytes } from 'node:crypto';
import type { Log } from '../protocol/log.ts';
import { startFreeswitch } from './freeswitch/freeswitch.ts';
import { startMedia } from './media/media.ts';

export interface EmbeddedOptions {
  /** Where audio sockets bind. */
  readonly mediaHost: string;
  /** The address phones and browsers are told to send audio to. */
  readonly publicHost: string;
  readonly rtpPorts: { readonly first: number; readonly last: number };
  readonly ffmpeg?: string;
  readonly log: Log;
}

/** Where the running stand-in is reached, in the words of a real FreeSWITCH's setting. */
export interface EmbeddedFreeswitch {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  readonly sip: { readonly host: string; readonly port: number };
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** A peer whose RTP stops without a BYE is gone: cable pulled, tab killed. */
const RTP_TIMEOUT_MS = 10_000;
const ROOM_RATE_HZ = 48_000;

/** Starts media worker and FreeSWITCH stand-in; event socket and SIP stay on loopback. */
export async function startEmbeddedFreeswitch(
  options: EmbeddedOptions,
): Promise<EmbeddedFreeswitch> {
  const { log } = options;
  const media = await startMedia({
    host: options.mediaHost,
    publicHost: options.publicHost,
    ports: options.rtpPorts,
    rtpTimeoutMs: RTP_TIMEOUT_MS,
    ...(options.ffmpeg === undefined ? {} : { ffmpeg: options.ffmpeg }),
    log,
  });
  const password = randomBytes(24).toString('hex');
  const freeswitch = await startFreeswitch({
    host: LOOPBACK,
    eslPort: 0,
    password,
    sipPort: 0,
    media,
    roomRateHz: ROOM_RATE_HZ,
    log,
  });
  return {
    host: LOOPBACK,
    port: freeswitch.eslPort,
    password,
    sip: { host: LOOPBACK, port: Number(freeswitch.sipAddress.split(':').at(-1)) },
    async stop() {
      await freeswitch.stop();
      await media.stop();
    },
  };
}
