import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { MediaCommand, MediaOptions } from './contract.ts';
import { loadCodecs } from './dsp/codecs.ts';
import { loadResampler } from './dsp/resampler.ts';
import { BrowserPort } from './browser/browser-port.ts';
import { createDtlsIdentity } from './browser/dtls.ts';
import { MediaEngine } from './engine.ts';
import { LegOpener } from './leg-opener.ts';
import { Ports } from './ports.ts';
import { startTicker } from './ticker.ts';
import type { FromWorker, ToWorker } from './wire.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs as a worker; see startMedia in media.ts');
const tell = (message: FromWorker) => port.postMessage(message);

const options = workerData as MediaOptions;
const now = () => performance.now();
const ports = new Ports(options.host, options.ports, () => randomBytes(4).readUInt32BE() / 2 ** 32);
const [browserSocket, identity] = await Promise.all([
  ports.openSingle(),
  createDtlsIdentity(),
  loadCodecs(),
  loadResampler(),
]);
const { publicHost, rtpTimeoutMs, ffmpeg } = options;
const browserPort = new BrowserPort(browserSocket);
const opener = new LegOpener({ ports, browserPort, identity, publicHost, now, randomBytes });
const clocks = { now, epoch: () => Date.now() };
const engine = new MediaEngine(
  { opener, rtpTimeoutMs, clocks, ...(ffmpeg !== undefined && { ffmpeg }) },
  (event) => tell({ kind: 'event', event }),
);
const stopTicker = startTicker((nowMs) => engine.tick(nowMs), now);

port.on('message', (message: ToWorker) => {
  if (message.kind === 'command') engine.execute(message.command satisfies MediaCommand);
  else void stop();
});

async function stop(): Promise<void> {
  stopTicker();
  await engine.stop();
  tell({ kind: 'stopped' });
  port?.close();
}

tell({ kind: 'ready' });
