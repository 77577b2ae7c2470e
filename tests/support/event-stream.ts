import { request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { FeedMessage } from '../../protocol/room/feed.ts';

export interface StreamedEvent {
  readonly id: string;
  readonly message: FeedMessage;
}

/** A reader of Server-Sent Events (HTML, section 9.2.6), as far as our server uses them. */
export class EventStream {
  readonly events: StreamedEvent[] = [];
  readonly ended: Promise<void>;
  readonly #answer: IncomingMessage;
  #rest = '';
  #wake: () => void = () => undefined;

  static open(url: string, headers: Record<string, string>): Promise<EventStream> {
    return new Promise((resolve, reject) => {
      const asked = request(url, { headers: { accept: 'text/event-stream', ...headers } });
      asked.once('response', (answer) => resolve(new EventStream(answer)));
      asked.once('error', reject).end();
    });
  }

  constructor(answer: IncomingMessage) {
    this.#answer = answer;
    this.ended = new Promise((resolve) => answer.once('close', resolve));
    answer.on('error', () => undefined);
    answer.setEncoding('utf8');
    answer.on('data', (text: string) => this.#hear(text));
  }

  get status(): number {
    return this.#answer.statusCode ?? 0;
  }

  get headers(): IncomingHttpHeaders {
    return this.#answer.headers;
  }

  /** All events once there are so many. */
  async heard(count: number): Promise<readonly StreamedEvent[]> {
    while (this.events.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.events;
  }

  close(): void {
    this.#answer.destroy();
  }

  #hear(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(block) ?? [];
      if (id !== undefined && data !== undefined)
        this.events.push({ id, message: JSON.parse(data) as FeedMessage });
    }
    this.#wake();
  }
}
