import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';

export interface Told {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** Somebody's server that hears callbacks; a test says what it answers. */
export class Listener {
  readonly heard: Told[] = [];
  status = 200;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Listener> {
    const server = createServer();
    const listener = new Listener(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '' } = request;
        listener.heard.push({ method, url, body: Buffer.concat(chunks).toString() });
        response.writeHead(listener.status, { location: '/elsewhere' }).end('x'.repeat(1_000));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return listener;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** All events once there are so many. */
  async events(count: number): Promise<readonly BbbCallback[]> {
    await expect.poll(() => this.heard.length, SOON).toBe(count);
    return this.heard.map(({ body }) => eventIn(body));
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

export interface BbbCallback {
  readonly id: string;
  readonly attributes: {
    readonly meeting: object;
    readonly user?: Readonly<Record<string, unknown>>;
  };
  readonly event: { readonly ts: number };
}

export function eventIn(body: string): BbbCallback {
  const [{ data } = { data: undefined }] = JSON.parse(
    new URLSearchParams(body).get('event') ?? '[]',
  ) as { data: BbbCallback | undefined }[];
  if (!data) throw new Error(`no event: ${body}`);
  return data;
}

export const SOON = { interval: 5, timeout: 5_000 };
