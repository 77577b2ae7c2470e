import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import modesl from 'modesl';
import type { Connection, Parser } from 'modesl';
import { isRecord, parseJson } from '../protocol/room/shape.ts';
import type { EslAddress, EslEvent, EslLink, LinkEnd, LinkListener, Reply } from './esl.ts';
import { ReplyQueue } from './reply-queue.ts';

/** mod_event_socket.c refuses longer bodies too. */
const MAX_BODY = 16 * 1024 * 1024;
const MAX_HEADERS = 1024 * 1024;
/** From dialling to `+OK accepted`. */
const LOGIN_DEADLINE_MS = 5000;

/** Opens a link and logs in. The one file that knows modesl, and mends it. */
export function openLink(address: EslAddress, listener: LinkListener): EslLink {
  return new ModeslLink(address, listener);
}

/**
 * modesl dials, cuts frames and writes. Mended here: header values are not URL-decoded (a bare `%`
 * threw out of the socket's handler), lengths are checked, `close` counts as well as `end`, every
 * reply goes to the command it answers, and nothing waits without a deadline.
 */
class ModeslLink implements EslLink {
  readonly #listener: LinkListener;
  readonly #password: string;
  readonly #connection: Connection;
  /** Kept, since modesl forgets its own at FIN. */
  readonly #socket: Socket;
  readonly #replies = new ReplyQueue();
  readonly #jobs = new Map<string, (reply: Reply) => void>();
  readonly #login: NodeJS.Timeout;
  #phase: 'greeting' | 'password-sent' | 'ready' | 'ended' = 'greeting';

  constructor(address: EslAddress, listener: LinkListener) {
    this.#listener = listener;
    this.#password = address.password;
    this.#connection = new modesl.Connection(address.host, address.port, address.password);
    this.#socket = socketOf(this.#connection);
    this.#login = setTimeout(() => {
      this.#end({ kind: 'lost', detail: 'FreeSWITCH did not let us in within 5 seconds.' });
    }, LOGIN_DEADLINE_MS);
    this.#socket.setNoDelay(true);
    this.#socket.on('close', () => {
      this.#end({ kind: 'lost', detail: 'The connection was closed.' });
    });
    this.#connection.on('error', (error: Error) => {
      this.#end({ kind: 'lost', detail: `The connection failed: ${error.message}.` });
    });
    this.#connection.on('esl::connect', () => {
      this.#mend(this.#connection.parser);
    });
  }

  command(text: string, deadlineMs: number): Promise<Reply> {
    const reply = this.#replies.expect('command/reply', deadlineMs);
    this.#write(text);
    return reply;
  }

  api(line: string, deadlineMs: number): Promise<Reply> {
    const reply = this.#replies.expect('api/response', deadlineMs);
    this.#write(`api ${line}`);
    return reply;
  }

  async bgapi(line: string, deadlineMs: number): Promise<Reply> {
    const job = randomUUID();
    const result = this.#job(job, deadlineMs);
    const taken = await this.command(`bgapi ${line}\nJob-UUID: ${job}`, deadlineMs);
    if (taken.kind === 'answered' && taken.text.startsWith('+OK')) return result;
    this.#jobs.get(job)?.(taken);
    return taken;
  }

  close(why = 'We closed the connection.'): void {
    this.#end({ kind: 'lost', detail: why });
  }

  #mend(parser: Parser): void {
    parser._parseHeaderText = readHeaderBlock;
    parser._parseEvent = (headers, body) => {
      this.#frame(headers, body ?? '');
    };
    this.#socket.removeAllListeners('data');
    this.#socket.on('data', (chunk: Buffer) => {
      this.#receive(parser, chunk);
    });
  }

  #receive(parser: Parser, chunk: Buffer): void {
    if (this.#phase === 'ended') return;
    try {
      parser._onData(chunk);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unreadable bytes';
      this.#end({ kind: 'lost', detail: `FreeSWITCH broke the event socket protocol: ${why}.` });
      return;
    }
    if (parser.bodyLen === 0 && parser.buffer.length > MAX_HEADERS)
      this.#end({ kind: 'lost', detail: 'FreeSWITCH sent an endless header block.' });
  }

  #frame(headers: Readonly<Record<string, string | number>>, body: string): void {
    if (this.#phase === 'ended') return;
    switch (headers['Content-Type']) {
      case 'auth/request':
        this.#logIn();
        return;
      case 'command/reply':
        this.#commandReply(String(headers['Reply-Text'] ?? ''));
        return;
      case 'api/response':
        this.#answer('api/response', body);
        return;
      case 'text/event-json':
        this.#event(body);
        return;
      case 'text/rude-rejection':
        this.#end({
          kind: 'refused',
          detail: "FreeSWITCH's access list refuses this address: allow it in event_socket.conf.",
        });
        return;
      case 'text/disconnect-notice':
        this.#end({ kind: 'lost', detail: 'FreeSWITCH said goodbye.' });
        return;
      default:
    }
  }

  #logIn(): void {
    if (this.#phase !== 'greeting') return;
    this.#phase = 'password-sent';
    this.#write(`auth ${this.#password}`);
  }

  #commandReply(text: string): void {
    if (this.#phase !== 'password-sent') {
      this.#answer('command/reply', text);
      return;
    }
    clearTimeout(this.#login);
    if (text.startsWith('+OK')) {
      this.#phase = 'ready';
      this.#listener.ready();
    } else {
      this.#end({ kind: 'refused', detail: 'FreeSWITCH refuses the event socket password.' });
    }
  }

  #answer(type: 'command/reply' | 'api/response', text: string): void {
    if (!this.#replies.answer(type, text))
      this.#end({ kind: 'lost', detail: 'FreeSWITCH answered what nobody asked.' });
  }

  #event(body: string): void {
    const event = readEvent(body);
    if (event === undefined) {
      this.#end({ kind: 'lost', detail: 'FreeSWITCH sent an event that is no JSON.' });
      return;
    }
    const job = event.name === 'BACKGROUND_JOB' ? event.headers.get('Job-UUID') : undefined;
    if (job !== undefined) this.#jobs.get(job)?.({ kind: 'answered', text: event.body });
    this.#listener.event(event);
  }

  #job(id: string, deadlineMs: number): Promise<Reply> {
    return new Promise((settle) => {
      const finish = (reply: Reply): void => {
        clearTimeout(deadline);
        this.#jobs.delete(id);
        settle(reply);
      };
      const deadline = setTimeout(() => {
        finish({ kind: 'unanswered', why: 'deadline' });
      }, deadlineMs);
      this.#jobs.set(id, finish);
    });
  }

  /** One write, so that one command is one packet. */
  #write(text: string): void {
    if (this.#phase === 'ended') return;
    if (text.includes('\r') || text.includes('\0') || text.includes('\n\n'))
      throw new Error('an event socket command holds an empty line or a control character');
    this.#socket.cork();
    this.#connection.send(text);
    this.#socket.uncork();
  }

  #end(end: LinkEnd): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    clearTimeout(this.#login);
    this.#socket.destroy();
    this.#replies.close();
    for (const finish of this.#jobs.values()) finish({ kind: 'unanswered', why: 'closed' });
    this.#listener.ended(end);
  }
}

function socketOf(connection: Connection): Socket {
  if (connection.socket === null) throw new Error('modesl has no socket right after dialling');
  return connection.socket;
}

/** Outer headers of a frame. They are never URL-encoded; only `text/event-plain` bodies are. */
function readHeaderBlock(text: string): Record<string, string | number> {
  const headers: Record<string, string | number> = Object.create(null) as Record<string, string>;
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon)] = line.slice(colon + 1).trim();
  }
  const length = headers['Content-Length'];
  if (length !== undefined) headers['Content-Length'] = readLength(String(length));
  return headers;
}

function readLength(text: string): number {
  const length = /^\d{1,8}$/.test(text) ? Number(text) : Infinity;
  if (length > MAX_BODY) throw new Error(`bad Content-Length: ${text.slice(0, 20)}`);
  return length;
}

function readEvent(body: string): EslEvent | undefined {
  const value = parseJson(body);
  if (!isRecord(value)) return undefined;
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const headers = new Map(texts);
  return { name: headers.get('Event-Name') ?? '', headers, body: headers.get('_body') ?? '' };
}
