import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { EslDecoder } from '../../protocol/esl/decoder.ts';
import { parseJsonEvent } from '../../protocol/esl/event.ts';
import { formatCommand } from '../../protocol/esl/command.ts';

export type Headers = Readonly<Record<string, string>>;

export interface EslReply {
  /** The head of the frame: Content-Type, Reply-Text. */
  readonly head: string;
  readonly body: string;
}

interface Wish {
  readonly matches: (event: Headers) => boolean;
  readonly resolve: (event: Headers) => void;
}

/** A plain event socket client for tests that talk to a switch without the bridge. */
export class EslClient {
  readonly #socket: Socket;
  readonly #replies: ((reply: EslReply) => void)[] = [];
  readonly #wishes = new Set<Wish>();
  /** Every event since the connection began, in order. */
  readonly events: Headers[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    const decoder = new EslDecoder();
    socket.on('data', (chunk: Buffer) => {
      for (const frame of decoder.push(chunk)) this.#onFrame(frame.head, frame.body);
    });
  }

  static async connect(port: number, password: string): Promise<EslClient> {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    await once(socket, 'connect');
    const client = new EslClient(socket);
    const { head } = await client.send(`auth ${password}`);
    if (!head.includes('+OK')) throw new Error(`login refused: ${head}`);
    return client;
  }

  /** Sends one command with its headers; the reply that answers it. */
  send(line: string, headers: Headers = {}): Promise<EslReply> {
    return new Promise((resolve) => {
      this.#replies.push(resolve);
      this.#socket.write(formatCommand(line, headers));
    });
  }

  async api(command: string): Promise<string> {
    return (await this.send(`api ${command}`)).body;
  }

  execute(uuid: string, application: string, argument = ''): Promise<EslReply> {
    return this.send(`sendmsg ${uuid}`, {
      'call-command': 'execute',
      'execute-app-name': application,
      ...(argument === '' ? {} : { 'execute-app-arg': argument }),
    });
  }

  /** The first event that matches, from `since` (an index into `events`) on. */
  until(
    what: string,
    matches: (event: Headers) => boolean,
    since = 0,
    withinMs = 15_000,
  ): Promise<Headers> {
    const seen = this.events.slice(since).find(matches);
    if (seen !== undefined) return Promise.resolve(seen);
    return new Promise((resolve, reject) => {
      const wish: Wish = {
        matches,
        resolve: (event) => {
          clearTimeout(timer);
          resolve(event);
        },
      };
      const timer = setTimeout(() => {
        this.#wishes.delete(wish);
        reject(new Error(`no event within ${withinMs} ms: ${what}`));
      }, withinMs);
      this.#wishes.add(wish);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #onFrame(head: string, body: string): void {
    if (head.includes('auth/request') || head.includes('text/disconnect-notice')) return;
    if (!head.includes('text/event-json')) {
      this.#replies.shift()?.({ head, body });
      return;
    }
    const { headers, body: told } = parseJsonEvent(body);
    const pairs = headers.map(({ name, value }) => [name, value] as const);
    const event = Object.fromEntries(told === undefined ? pairs : [...pairs, ['_body', told]]);
    this.events.push(event);
    for (const wish of [...this.#wishes]) {
      if (!wish.matches(event)) continue;
      this.#wishes.delete(wish);
      wish.resolve(event);
    }
  }
}
