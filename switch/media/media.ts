import { Worker } from 'node:worker_threads';
import type { Log } from '../../protocol/log.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Media, MediaCommand, MediaEvent, MediaOptions } from './contract.ts';
import type { FromWorker, ToWorker } from './wire.ts';

const STOP_WITHIN_MS = 3000;

/**
 * Starts the media worker and resolves when it can take commands. Rejects where it cannot start
 * (no free port). A worker that dies later is a bug of ours and is thrown in this thread.
 */
export async function startMedia(options: MediaOptions & { readonly log: Log }): Promise<Media> {
  const { log, ...workerData } = options;
  const worker = new Worker(bootstrap(), { workerData, eval: true, execArgv: [] });
  const media = new WorkerMedia(worker, log);
  await media.ready;
  return media;
}

/** tsx's `--import` acts in the main thread alone, so the worker must ask for TypeScript itself. */
function bootstrap(): string {
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const entry = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  return `import(${tsx}).then(({ register }) => (register(), import(${entry})));`;
}

class WorkerMedia implements Media {
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #log: Log;
  readonly #listeners: ((event: MediaEvent) => void)[] = [];
  readonly #exited: Promise<void>;
  #state: 'starting' | 'running' | 'stopped' = 'starting';
  #settleReady: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(worker: Worker, log: Log) {
    this.#worker = worker;
    this.#log = log;
    this.ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    worker.on('message', (message: FromWorker) => this.#onMessage(message));
    worker.on('error', (error: Error) => this.#onError(error));
  }

  command(command: MediaCommand): void {
    if (this.#state === 'running') this.#post({ kind: 'command', command });
  }

  subscribe(listener: (event: MediaEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Ends calls and recordings; when it resolves, files are whole and ports free. */
  async stop(): Promise<void> {
    if (this.#state === 'stopped') return this.#exited;
    this.#state = 'stopped';
    this.#post({ kind: 'stop' });
    const deadline = setTimeout(() => {
      this.#log('warn', 'media worker did not stop in time and is ended');
      void this.#worker.terminate();
    }, STOP_WITHIN_MS);
    await this.#exited;
    clearTimeout(deadline);
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #onMessage(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.#state = 'running';
        this.#settleReady?.resolve();
        return;
      case 'event':
        for (const listener of this.#listeners) listener(message.event);
        return;
      case 'stopped':
        return;
      default:
        unreachable(message);
    }
  }

  #onError(error: Error): void {
    if (this.#state === 'starting') {
      this.#settleReady?.reject(error);
      return;
    }
    this.#log('error', 'media worker died', { error: error.message });
    throw error;
  }
}
