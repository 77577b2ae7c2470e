import { setTimeout as pause } from 'node:timers/promises';
import type { EngineStatus } from '../protocol/room/control.ts';
import type { Log, LogLevel } from '../protocol/log.ts';
import { backoffMs } from './backoff.ts';
import type { EslAddress, EslEvent, EslLink, LinkEnd, LinkListener, Reply } from './esl.ts';
import { driverMessage, driverOf } from './driver.ts';
import type { Driver } from './driver.ts';
import { coreOf } from './from-esl.ts';
import { NEEDED_MODULES, warningsOf } from './fitness.ts';
import { openLink } from './modesl.ts';
import type { NodeVitals } from './several.ts';
import { STATUS, SUBSCRIBE_EVENTS, SUBSCRIBE_JOBS, moduleLine } from './to-esl.ts';
import { readVitals } from './vitals.ts';

/** Every figure of time in the bridge, in milliseconds, so that tests need not wait. */
export interface Pace {
  /** Between two probes; also how long one may take. */
  readonly probeMs: number;
  /** How long a command may take, and how long one waits for a lost switch. */
  readonly commandMs: number;
  readonly auditMs: number;
  /** From a kick to the certain end. */
  readonly kickMs: number;
  /** How long a call of a meeting is shown after its end. */
  readonly endedCallMs: number;
  /** How long the recorded name of somebody who left is kept, so that it can be played. */
  readonly nameMs: number;
  /** How long somebody may be on the way from one node to another. */
  readonly moveMs: number;
}

export const PACE: Pace = {
  probeMs: 2000,
  commandMs: 2000,
  auditMs: 10_000,
  kickMs: 2000,
  endedCallMs: 60_000,
  nameMs: 10_000,
  moveMs: 20_000,
};

const MISSES = 3;

export interface NodeOptions {
  readonly address: EslAddress;
  /** Subscribed and able to command. `core` names this life of the FreeSWITCH process. */
  readonly joined: (core: string) => void;
  readonly event: (event: EslEvent) => void;
  /** Absent: nobody else could drive this node. */
  readonly driver?: Driver | undefined;
  /** Somebody with a greater token drives it now. */
  readonly outdriven: () => void;
  readonly pace: Pace;
  readonly log: Log;
  /** From 0 up to 1; spreads reconnects. */
  readonly chance: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Links {
  readonly events: EslLink;
  readonly commands: EslLink;
  /** Settles with why the first of the two ended. */
  readonly ended: Promise<LinkEnd>;
  /** Whether both logged in. */
  readonly ready: Promise<boolean>;
}

/**
 * One FreeSWITCH: two links, one for its events and one for our commands, since a command holds
 * up the events of its own link. Dials again for ever; trusts its own probes and not TCP.
 */
export class FreeSwitchNode {
  readonly name: string;
  readonly #options: NodeOptions;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<(commands: EslLink | undefined) => void>();
  #commands: EslLink | undefined;
  #status: EngineStatus;
  #logged: EngineStatus['state'] | undefined;
  #core = '';
  #vitals: NodeVitals = {};
  #running: Promise<void> | undefined;

  constructor(options: NodeOptions) {
    this.#options = options;
    this.name = `${options.address.host}:${options.address.port}`;
    this.#status = {
      node: this.name,
      state: 'connecting',
      detail: 'Connecting for the first time.',
    };
  }

  start(): void {
    this.#running = this.#keepJoined();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#commands?.close();
    await this.#running;
  }

  /** As it last said. */
  get vitals(): NodeVitals {
    return this.#vitals;
  }

  status(): EngineStatus {
    return this.#status;
  }

  /** Runs an `api` line; waits for a lost FreeSWITCH until the deadline. */
  async api(line: string): Promise<Reply> {
    return this.#within((link, ms) => link.api(line, ms));
  }

  /** As `api`, for lists: they may take long and must not hold up commands. */
  async list(line: string): Promise<Reply> {
    return this.#within((link, ms) => link.bgapi(line, ms));
  }

  /** A `sendmsg`. */
  async send(message: string): Promise<Reply> {
    return this.#within((link, ms) => link.command(message, ms));
  }

  async #within(run: (link: EslLink, deadlineMs: number) => Promise<Reply>): Promise<Reply> {
    const link = this.#commands ?? (await this.#whenJoined());
    if (link === undefined || this.#options.driver?.mayCommand() === false)
      return { kind: 'unanswered', why: 'closed' };
    return run(link, this.#options.pace.commandMs);
  }

  #whenJoined(): Promise<EslLink | undefined> {
    if (this.#stop.signal.aborted) return Promise.resolve(undefined);
    return new Promise((settle) => {
      const finish = (commands: EslLink | undefined): void => {
        clearTimeout(deadline);
        this.#waiting.delete(finish);
        settle(commands);
      };
      const deadline = setTimeout(finish, this.#options.pace.commandMs, undefined);
      this.#waiting.add(finish);
    });
  }

  async #keepJoined(): Promise<void> {
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      const { end, joined } = await this.#session();
      failures = joined ? 0 : failures + 1;
      if (signal.aborted) break;
      this.#report({
        state: end.kind === 'refused' ? 'refused' : 'connecting',
        detail: end.detail,
      });
      await pause(backoffMs(failures, this.#options.chance()), undefined, { signal }).catch(
        // Only stopping cuts the pause short.
        () => undefined,
      );
    }
    for (const finish of this.#waiting) finish(undefined);
  }

  /** From dialling until either link is over. */
  async #session(): Promise<{ readonly end: LinkEnd; readonly joined: boolean }> {
    const links = this.#dial();
    const abort = (): void => {
      links.events.close();
    };
    this.#stop.signal.addEventListener('abort', abort, { once: true });
    const loggedIn = await links.ready;
    const joined = loggedIn && (await this.#join(links));
    if (joined) await this.#probeUntilLost(links);
    else if (loggedIn) links.events.close('FreeSWITCH let us in but took no commands.');
    links.events.close();
    links.commands.close();
    this.#stop.signal.removeEventListener('abort', abort);
    this.#commands = undefined;
    return { end: await links.ended, joined };
  }

  #dial(): Links {
    const ended = later<LinkEnd>();
    const [events, eventsReady] = this.#open(ended.settle, (event) => {
      this.#receive(event, events);
    });
    const [commands, commandsReady] = this.#open(ended.settle, () => undefined);
    const both = Promise.all([eventsReady, commandsReady]).then(() => true);
    const never = ended.promise.then(() => false);
    return { events, commands, ended: ended.promise, ready: Promise.race([both, never]) };
  }

  #open(
    ended: (end: LinkEnd) => void,
    event: (event: EslEvent) => void,
  ): readonly [EslLink, Promise<void>] {
    const ready = later<void>();
    const listener: LinkListener = { ready: ready.settle, event, ended };
    return [openLink(this.#options.address, listener), ready.promise];
  }

  /** Subscribes first, so that nothing falls between the lists that follow and the events. */
  async #join(links: Links): Promise<boolean> {
    const { commandMs } = this.#options.pace;
    const replies = await Promise.all([
      links.events.command(SUBSCRIBE_EVENTS, commandMs),
      links.commands.command(SUBSCRIBE_JOBS, commandMs),
    ]);
    if (!replies.every((reply) => reply.kind === 'answered' && reply.text.startsWith('+OK')))
      return false;
    await this.#sayWhoDrives(links.events);
    this.#core = '';
    // Its answer is an event, which carries Core-UUID; see #receive.
    const status = await links.events.bgapi(STATUS, commandMs);
    if (status.kind !== 'answered' || this.#core === '') return false;
    const version = /\(Version ([^ )]+)/.exec(status.text)?.[1];
    const missing = await missingModules(links.commands, commandMs);
    const warnings = warningsOf(this.name, { version, missing });
    for (const warning of warnings)
      this.#options.log('warn', 'FreeSWITCH is not as it should be', { warning });
    this.#report({
      state: 'joined',
      ...(version === undefined ? {} : { version }),
      ...(warnings.length === 0 ? {} : { warnings }),
    });
    this.#commands = links.commands;
    this.#options.joined(this.#core);
    for (const finish of this.#waiting) finish(links.commands);
    return true;
  }

  async #probeUntilLost(links: Links): Promise<void> {
    const { probeMs } = this.#options.pace;
    const over = new AbortController();
    const ended = links.ended.then(() => {
      over.abort();
    });
    let misses = 0;
    while (!over.signal.aborted && misses < MISSES) {
      const started = performance.now();
      const answers = await Promise.all([
        links.events.bgapi(STATUS, probeMs),
        links.commands.api(STATUS, probeMs),
      ]);
      this.#noteVitals(answers);
      misses = answers.every((answer) => answer.kind === 'answered') ? 0 : misses + 1;
      const rest = Math.max(0, probeMs - (performance.now() - started));
      if (rest > 0) await pause(rest, undefined, over).catch(() => undefined);
    }
    links.events.close('FreeSWITCH stopped answering.');
    await ended;
  }

  #noteVitals(answers: readonly Reply[]): void {
    for (const answer of answers) {
      if (answer.kind !== 'answered') continue;
      const { upMs, ...said } = readVitals(textOf(answer));
      const nowMs = this.#options.now();
      const since = upMs === undefined ? {} : { upSinceMs: Math.round(nowMs - upMs) };
      this.#vitals = { ...said, ...since, seenAtMs: nowMs };
    }
  }

  #receive(event: EslEvent, events: EslLink): void {
    const core = coreOf(event);
    if (core !== undefined && this.#core === '') this.#core = core;
    // Another process under the same address: what we know of this one is void.
    if (core !== undefined && core !== this.#core) events.close('FreeSWITCH was restarted.');
    else if (!this.#isAboutDrivers(event, events)) this.#options.event(event);
  }

  #isAboutDrivers(event: EslEvent, events: EslLink): boolean {
    const token = driverOf(event);
    const own = this.#options.driver?.token;
    if (token === undefined || own === undefined || token === own) return token !== undefined;
    if (token > own) this.#options.outdriven();
    else void this.#sayWhoDrives(events);
    return true;
  }

  /** Before any other command: whoever drove before us, and does not know yet, hears it here. */
  async #sayWhoDrives(events: EslLink): Promise<void> {
    const { driver, pace } = this.#options;
    if (driver !== undefined) await events.command(driverMessage(driver.token), pace.commandMs);
  }

  /** One line in the log for each change of state, and none for each try. */
  #report(status: Omit<EngineStatus, 'node'>): void {
    const before = this.#logged;
    this.#status = { node: this.name, ...status };
    if (before === status.state) return;
    this.#logged = status.state;
    const { level, message } = told(status.state, before === 'joined');
    this.#options.log(level, message, { ...this.#status });
  }
}

/** Those that FreeSWITCH says it has not; one that does not answer is believed to have them. */
async function missingModules(link: EslLink, deadlineMs: number): Promise<readonly string[]> {
  const modules = Object.keys(NEEDED_MODULES);
  const replies = await Promise.all(modules.map((each) => link.api(moduleLine(each), deadlineMs)));
  return modules.filter((_module, at) => {
    const reply = replies[at];
    return reply?.kind === 'answered' && reply.text.trim() === 'false';
  });
}

function told(
  state: EngineStatus['state'],
  wasJoined: boolean,
): { readonly level: LogLevel; readonly message: string } {
  switch (state) {
    case 'joined':
      return { level: 'info', message: 'joined FreeSWITCH' };
    case 'refused':
      return { level: 'error', message: 'FreeSWITCH refuses us' };
    case 'connecting':
      return { level: 'warn', message: wasJoined ? 'lost FreeSWITCH' : 'cannot reach FreeSWITCH' };
  }
}

function textOf(reply: Reply): string {
  return reply.kind === 'answered' ? reply.text : '';
}

interface Later<T> {
  readonly promise: Promise<T>;
  readonly settle: (value: T) => void;
}

/** A promise and its key; Promise.withResolvers came with Node 22. */
function later<T>(): Later<T> {
  let settle: ((value: T) => void) | undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, settle: (value) => settle?.(value) };
}
