/** Runs one half of the embedded pair as a process of its own, so that a test can kill it. */
import { startDrachtio } from '../../switch/drachtio/drachtio.ts';
import { startFreeswitch } from '../../switch/freeswitch/freeswitch.ts';
import { startMedia } from '../../switch/media/media.ts';

const HOST = '127.0.0.1';
const ROOM_RATE_HZ = 48_000;
const RTP_TIMEOUT_MS = 10_000;

/** What to run, as the one argument of the program in JSON. */
export type EmbeddedEngine =
  | {
      readonly kind: 'freeswitch';
      readonly eslPort: number;
      readonly sipPort: number;
      readonly password: string;
      readonly rtpPorts: { readonly first: number; readonly last: number };
    }
  | {
      readonly kind: 'drachtio';
      readonly port: number;
      readonly sipPort: number;
      readonly wsPort: number;
      readonly secret: string;
    };

const log = (): void => undefined;

async function run(engine: EmbeddedEngine): Promise<void> {
  if (engine.kind === 'drachtio') {
    const { port, secret, sipPort, wsPort } = engine;
    await startDrachtio({
      host: HOST,
      port,
      secret,
      sip: { host: HOST, port: sipPort, wsPort },
      log,
    });
  } else {
    const { eslPort, sipPort, password, rtpPorts: ports } = engine;
    const media = await startMedia({
      ...{ host: HOST, publicHost: HOST, ports, log },
      rtpTimeoutMs: RTP_TIMEOUT_MS,
    });
    const roomRateHz = ROOM_RATE_HZ;
    await startFreeswitch({ host: HOST, eslPort, password, sipPort, media, roomRateHz, log });
  }
  process.stdout.write('takes calls\n');
}

await run(JSON.parse(process.argv[2] ?? '') as EmbeddedEngine);
