/** The part of modesl 1.2.1 that modesl.ts uses; the package brings no types of its own. */
declare module 'modesl' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  export class Parser extends EventEmitter {
    readonly socket: Socket;
    /** Bytes not yet cut into frames. */
    readonly buffer: Buffer;
    /** 0 while reading a header block. */
    readonly bodyLen: number;
    _onData(chunk: Buffer): void;
    _parseHeaderText(text: string): Record<string, string | number>;
    _parseEvent(headers: Readonly<Record<string, string | number>>, body?: string): void;
  }

  export class Connection extends EventEmitter {
    constructor(host: string, port: number, password: string);
    /** null once the peer said FIN. */
    readonly socket: Socket | null;
    readonly parser: Parser;
    send(command: string, headers?: Readonly<Record<string, string>>): void;
  }

  const modesl: { readonly Connection: typeof Connection };
  export { modesl as default };
}
