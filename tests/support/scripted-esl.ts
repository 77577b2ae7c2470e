import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

interface Link {
  readonly socket: Socket;
  subscribed: ReadonlySet<string>;
  loggedIn: boolean;
}

/** What stands behind the socket. */
export interface ScriptedAnswers {
  /** The reply to an `api` or `bgapi` line; `undefined` where a job's is not due now. */
  run(line: string): string | undefined;
  /** The reply to a `sendmsg` to a leg. */
  message(uuid: string, headers: readonly string[]): string;
}

/** The event socket as mod_event_socket.c speaks it, with tests behind it. */
export class ScriptedEsl {
  core: string = randomUUID();
  /** Every command that came, as it came, to see that nothing was smuggled in. */
  readonly commands: string[] = [];
  greeting = 'Content-Type: auth/request\n\n';
  password = 'ClueCon';
  /** While true, events happen and nobody is told. */
  deaf = false;
  /** While true, commands are taken and never answered. */
  mute = false;
  port = 0;
  readonly #answers: ScriptedAnswers;
  readonly #links = new Set<Link>();
  #server: Server | undefined;
  #sequence = 0;

  constructor(answers: ScriptedAnswers) {
    this.#answers = answers;
  }

  restartSequence(): void {
    this.core = randomUUID();
    this.#sequence = 0;
  }

  async listen(port = 0): Promise<void> {
    const server = createServer((socket) => {
      this.#accept(socket);
    });
    this.#server = server;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
  }

  get address(): { host: string; port: number; password: string } {
    return { host: '127.0.0.1', port: this.port, password: this.password };
  }

  get links(): number {
    return [...this.#links].filter((link) => link.loggedIn).length;
  }

  /** Takes no more connections and cuts those there are, as a crash does. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    this.cut();
    await closed;
  }

  /** Cuts the connections with RST. */
  cut(): void {
    for (const { socket } of this.#links) socket.resetAndDestroy();
    this.#links.clear();
  }

  writeBytes(bytes: Uint8Array): void {
    for (const { socket } of this.#links) socket.write(bytes);
  }

  /** Writes text of any kind to every connection. */
  write(bytes: string): void {
    for (const { socket } of this.#links) socket.write(bytes);
  }

  tell(name: string, headers: Readonly<Record<string, string>>, body?: string): void {
    this.#sequence += 1;
    const event = {
      'Event-Name': name,
      'Core-UUID': this.core,
      'FreeSWITCH-Hostname': 'scripted',
      'Event-Sequence': String(this.#sequence),
      ...headers,
      ...(body === undefined ? {} : { 'Content-Length': String(body.length), _body: body }),
    };
    if (!this.deaf || name === 'BACKGROUND_JOB') this.say(event);
  }

  /** Sends an event as it is, for repeats and old ones. */
  say(event: Readonly<Record<string, string>>): void {
    const subclass = event['Event-Subclass'];
    const name = event['Event-Name'] ?? '';
    const json = JSON.stringify(event);
    const frame = `Content-Length: ${Buffer.byteLength(json)}\nContent-Type: text/event-json\n\n${json}`;
    for (const link of this.#links)
      if (link.subscribed.has(name === 'CUSTOM' ? (subclass ?? '') : name))
        link.socket.write(frame);
  }

  #accept(socket: Socket): void {
    const link: Link = { socket, subscribed: new Set(), loggedIn: false };
    this.#links.add(link);
    let pending = '';
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#links.delete(link));
    socket.write(this.greeting);
    socket.on('data', (chunk: Buffer) => {
      pending += chunk.toString();
      for (let end = pending.indexOf('\n\n'); end >= 0; end = pending.indexOf('\n\n')) {
        const command = pending.slice(0, end);
        pending = pending.slice(end + 2);
        this.commands.push(command);
        if (!this.mute) this.#answer(link, command);
      }
    });
  }

  #answer(link: Link, command: string): void {
    const [line = '', ...rest] = command.split('\n');
    const [word = ''] = line.split(' ');
    const argument = line.slice(word.length + 1);
    switch (word) {
      case 'auth':
        link.loggedIn = argument === this.password;
        reply(link, link.loggedIn ? '+OK accepted' : '-ERR invalid');
        break;
      case 'event':
        link.subscribed = subscriptions(argument);
        reply(link, '+OK event listener enabled json');
        break;
      case 'api':
        respond(link, this.#answers.run(argument) ?? '');
        break;
      case 'bgapi':
        this.#job(link, argument, rest);
        break;
      case 'sendmsg':
        reply(link, this.#answers.message(argument, rest));
        break;
      default:
        reply(link, '-ERR command not found');
    }
  }

  #job(link: Link, argument: string, headers: readonly string[]): void {
    const job = /^Job-UUID: (\S+)$/m.exec(headers.join('\n'))?.[1] ?? randomUUID();
    reply(link, `+OK Job-UUID: ${job}`, `Job-UUID: ${job}`);
    const result = this.#answers.run(argument);
    if (result !== undefined)
      this.tell('BACKGROUND_JOB', { 'Job-UUID': job, 'Job-Command': argument }, result);
  }
}

function reply(link: Link, text: string, more?: string): void {
  const extra = more === undefined ? '' : `${more}\n`;
  link.socket.write(`Content-Type: command/reply\nReply-Text: ${text}\n${extra}\n`);
}

function respond(link: Link, body: string): void {
  const text = body === '' ? '-ERR no reply\n' : body;
  const length = Buffer.byteLength(text);
  link.socket.write(`Content-Type: api/response\nContent-Length: ${length}\n\n${text}`);
}

/** As mod_event_socket.c reads it: every word after CUSTOM is a subclass. */
function subscriptions(argument: string): ReadonlySet<string> {
  const [, ...words] = argument.split(' ');
  const custom = words.indexOf('CUSTOM');
  return new Set(custom < 0 ? words : [...words.slice(0, custom), ...words.slice(custom + 1)]);
}
