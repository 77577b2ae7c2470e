import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { formatFrame, FrameDecoder } from '../../../protocol/drachtio/frame.ts';

/** A frame that drachtio-server sent: `<id>|<kind>|<fields>` and SIP after the first line. */
export interface Heard {
  readonly kind: string;
  readonly fields: readonly string[];
  readonly sip: string;
}

/** Where a new request's transaction id stands among the fields of its frame. */
const TRANSACTION = 6;
const DIALOG = 7;
const WITHIN_MS = 8000;

/** An application on drachtio's wire that says what a scene has it say, and keeps what it hears. */
export class Application {
  readonly heard: Heard[] = [];
  /** The server closed the connection. */
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #taken = new Set<Heard>();
  readonly #waiting = new Set<() => void>();
  #ids = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const decoder = new FrameDecoder();
    this.ended = new Promise((resolve) => socket.on('close', () => resolve()));
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      for (const frame of decoder.push(bytes)) this.heard.push(read(frame));
      for (const look of [...this.#waiting]) look();
    });
  }

  static async open(port: number): Promise<Application> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Application(socket);
  }

  /** Says a command; the response to it. */
  async say(tokens: string, sip = ''): Promise<Heard> {
    const id = `said-${(this.#ids += 1)}`;
    const text = sip === '' ? `${id}|${tokens}` : `${id}|${tokens}\r\n${sip}`;
    this.#socket.write(formatFrame(text));
    return this.until(({ kind, fields }) => kind === 'response' && fields[0] === id, tokens);
  }

  /** The next request or response with this start, such as `INVITE` or `SIP/2.0 200`. */
  sip(start: string): Promise<Heard> {
    return this.until(({ kind, sip }) => kind === 'sip' && sip.startsWith(start), start);
  }

  async until(fits: (heard: Heard) => boolean, what: string): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.heard.find((each) => !this.#taken.has(each) && fits(each));
        if (found === undefined) return;
        this.#taken.add(found);
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`drachtio did not say: ${what}`));
      }, WITHIN_MS);
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}

export function transactionOf(heard: Heard): string {
  return heard.fields[TRANSACTION] ?? '';
}

/** Of a request or response in a dialog, or of the receipt of a response that began one. */
export function dialogOf(heard: Heard): string {
  return heard.fields[heard.kind === 'response' ? DIALOG + 2 : DIALOG] ?? '';
}

function read(frame: string): Heard {
  const end = frame.indexOf('\r\n');
  const [head, sip] = end < 0 ? [frame, ''] : [frame.slice(0, end), frame.slice(end + 2)];
  const [, kind = '', ...fields] = head.split('|');
  return { kind, fields, sip };
}
