import type { Socket } from 'node:net';
import Srf from 'drachtio-srf';
import type { Log, LogLevel } from '../protocol/log.ts';
import type { SipResponse } from '../protocol/sip/message.ts';
import { reasonPhrase } from '../protocol/sip/status.ts';
import type { SrfClient } from './drachtio-shapes.ts';
import type { Attempt, AttemptListener, Content, Source } from './leg.ts';
import type { Journal } from './journal.ts';
import { NO_JOURNAL } from './journal.ts';
import type { LinkListener, Orphan } from './link.ts';
import { Link } from './link.ts';

export interface DrachtioOptions {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  /** Between 0 and 1, for the jitter of reconnecting. */
  readonly random: () => number;
  readonly log: Log;
  readonly journal?: Journal;
}

export interface DrachtioListener extends LinkListener {
  /** We are joined, for the first time or again. */
  onJoined(): void;
}

export type DrachtioState = 'connecting' | 'joined' | 'refused';

/** Why we are not joined: one English sentence, and whether it stays so until a setting changes. */
interface Trouble {
  readonly state: 'connecting' | 'refused';
  readonly why: string;
}

const CLOSED: Trouble = { state: 'connecting', why: 'drachtio-server closed the connection.' };

const FIRST_DELAY_MS = 250;
/** So that calls are taken within 3 s of its return, however long it took. */
const MAX_DELAY_MS = 2_000;
/** Nothing but another setting mends a wrong secret. */
const REFUSED_DELAY_MS = 5_000;
/** With three misses, a dead connection is noticed within 10 s. */
const HEARTBEAT_MS = 2_000;
const MISSES = 3;

/**
 * Our end of drachtio. Every connection gets a drachtio-srf of its own and a new one follows by our
 * backoff: drachtio-srf's own reconnect forgets TCP_NODELAY and TLS, asks a wrong secret for ever
 * four times a second, and leaves callbacks of the old connection hanging.
 */
export class Drachtio {
  readonly #options: DrachtioOptions;
  readonly #listener: DrachtioListener;
  #state: DrachtioState = 'connecting';
  #logged: DrachtioState | undefined;
  /** Why it is not joined: one English sentence. */
  #trouble: string | undefined = 'Connecting to drachtio-server for the first time.';
  /** What becomes of us when the connection of now closes, where that is known before. */
  #ending: Trouble | undefined;
  #link: Link | undefined;
  #srf: SrfClient | undefined;
  #delayMs = FIRST_DELAY_MS;
  #retry: NodeJS.Timeout | undefined;
  #stopped: (() => void) | undefined;
  /** Dialogs of lost connections and of an earlier life of ours, whose peers have heard no BYE. */
  #orphans: Orphan[];

  constructor(options: DrachtioOptions, listener: DrachtioListener) {
    this.#options = options;
    this.#listener = listener;
    this.#orphans = [...(options.journal?.leftovers() ?? [])];
    this.#connect();
  }

  get state(): DrachtioState {
    return this.#state;
  }

  /** One English sentence when not joined: what is wrong and what to do. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  get legCount(): number {
    return this.#link?.legCount ?? 0;
  }

  /** Calls out. Without a connection to drachtio the call fails with 503. */
  call(uri: string, content: Content, listener: AttemptListener): Attempt {
    if (this.#link) return this.#link.call(uri, content, listener);
    listener.onFailure(noConnection());
    return { cancel: () => undefined };
  }

  request(
    uri: string,
    method: string,
    content: Content,
    done: (answer: SipResponse, from?: Source) => void,
  ): void {
    if (this.#link) this.#link.request(uri, method, content, done);
    else done(noConnection());
  }

  /** Resolves when the connection is closed; what was written before still goes out. */
  stop(): Promise<void> {
    clearTimeout(this.#retry);
    return new Promise((resolve) => {
      this.#stopped = resolve;
      const sockets = [...(this.#srf?.app.client.mapServer.keys() ?? [])];
      for (const socket of sockets) this.#srf?.app.client.wp.disconnect(socket);
      if (sockets.length === 0) resolve();
    });
  }

  #connect(): void {
    const srf = new Srf() as unknown as SrfClient;
    const { host, port, secret, journal = NO_JOURNAL } = this.#options;
    const link = new Link(srf, this.#listener, journal);
    this.#srf = srf;
    this.#ending = undefined;
    srf.on('error', ({ message }) =>
      this.#expectEnd(`The connection to drachtio-server failed: ${message}.`),
    );
    srf.on('connect', (error) => (error ? this.#onRefused(srf) : this.#awaitRoutes(srf, link)));
    srf.on('close', () => this.#onClosed(link));
    srf.connect({ host, port, secret, reconnect: { maxAttempts: 1 } });
    srf.app.client.wp.on('connect', (socket) => this.#onSocket(srf, socket));
  }

  #onSocket(srf: SrfClient, socket: Socket): void {
    if (this.#stopped) socket.destroy();
    this.#guard(socket);
    let unanswered = 0;
    const beat = setInterval(() => {
      const pending = srf.app.client.mapServer.get(socket)?.pendingRequests;
      if (unanswered >= MISSES) this.#drop(socket, 'drachtio-server stopped answering.');
      if (!pending || socket.destroyed) return;
      unanswered += 1;
      pending.set(srf.app.client.wp.send(socket, 'ping'), () => (unanswered = 0));
    }, HEARTBEAT_MS);
    socket.once('close', () => clearInterval(beat));
  }

  /** drachtio-srf throws out of its data listener at what is not drachtio's protocol. */
  #guard(socket: Socket): void {
    const listeners = socket.listeners('data') as ((chunk: Buffer) => void)[];
    socket.removeAllListeners('data');
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const listener of listeners) listener(chunk);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        this.#drop(socket, `What answers does not speak drachtio-server's protocol: ${why}.`);
      }
    });
  }

  #drop(socket: Socket, why: string): void {
    this.#expectEnd(why);
    socket.destroy();
  }

  #expectEnd(why: string): void {
    this.#ending ??= { state: 'connecting', why };
  }

  /** drachtio-srf has just asked for our methods; what answers a ping behind that knows them. */
  #awaitRoutes(srf: SrfClient, link: Link): void {
    const { wp, mapServer } = srf.app.client;
    for (const [socket, { pendingRequests }] of mapServer) {
      pendingRequests.set(wp.send(socket, 'ping'), () => this.#onJoined(link));
    }
  }

  #onJoined(link: Link): void {
    this.#link = link;
    this.#delayMs = FIRST_DELAY_MS;
    for (const orphan of this.#orphans.splice(0)) link.endLeft(orphan);
    this.#report('joined');
    this.#listener.onJoined();
  }

  /** drachtio-server closes then; whoever does not is left. */
  #onRefused(srf: SrfClient): void {
    this.#delayMs = REFUSED_DELAY_MS;
    this.#ending = { state: 'refused', why: 'drachtio-server refuses the secret: see DRACHTIO.' };
    this.#report(this.#ending.state, this.#ending.why);
    for (const socket of srf.app.client.mapServer.keys()) socket.destroy();
  }

  #onClosed(link: Link): void {
    this.#link = undefined;
    this.#orphans.push(...link.close());
    if (this.#stopped) return this.#stopped();
    const { state, why } = this.#ending ?? CLOSED;
    this.#report(state, why);
    const delayMs = this.#delayMs * (0.5 + this.#options.random() / 2);
    this.#delayMs = Math.min(this.#delayMs * 2, MAX_DELAY_MS);
    this.#retry = setTimeout(() => this.#connect(), delayMs);
  }

  /** One line in the log for each change of state, and none for each try. */
  #report(state: DrachtioState, trouble?: string): void {
    const before = this.#logged;
    this.#state = state;
    this.#trouble = trouble;
    if (before === state) return;
    this.#logged = state;
    const { level, message } = told(state, before === 'joined');
    const { host, port } = this.#options;
    this.#options.log(level, message, { host, port, ...(trouble ? { why: trouble } : {}) });
  }
}

function told(
  state: DrachtioState,
  wasJoined: boolean,
): { readonly level: LogLevel; readonly message: string } {
  switch (state) {
    case 'joined':
      return { level: 'info', message: 'joined drachtio' };
    case 'refused':
      return { level: 'error', message: 'drachtio refused the secret' };
    case 'connecting':
      return { level: 'warn', message: wasJoined ? 'lost drachtio' : 'cannot reach drachtio' };
  }
}

function noConnection(): SipResponse {
  return { kind: 'response', status: 503, reason: reasonPhrase(503), headers: [], body: '' };
}
