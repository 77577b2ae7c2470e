import type { Socket } from 'node:net';

/**
 * The parts of drachtio-srf 5.0.29 that we use, as its code has them: its own declarations lack
 * the verbs, dialog ids, callbacks and the transport below (drachtio-srf#160).
 */
export interface SrfMessage {
  /** The message as it came from drachtio. */
  readonly msg: { readonly raw?: string };
  readonly stackDialogId?: string;
  readonly socket: Socket;
}

export interface SrfRequest extends SrfMessage {
  readonly method: string;
  /** `application` for requests that drachtio itself made, like the BYE of an expired session. */
  readonly source: 'network' | 'application';
  readonly source_address: string;
  readonly source_port: number;
  readonly protocol: string;
  on(event: 'cancel', listener: () => void): void;
  on(event: 'update', listener: (req: SrfRequest, res: SrfResponse) => void): void;
  on(event: 'response', listener: (res: SrfResponse, ack: SrfAck) => void): void;
  cancel(callback: (error: unknown) => void): void;
}

export type SrfAck = (options?: { readonly body: string }) => void;

export interface SrfResponse extends SrfMessage {
  readonly status: number;
  readonly finalResponseSent: boolean;
  /** Of a response that came; absent in those that we write. */
  readonly source?: 'network' | 'application';
  readonly source_address?: string;
  readonly source_port?: number;
  send(
    status: number,
    reason: string,
    options: SrfContent,
    callback: (error: unknown, sent?: { readonly raw?: string }) => void,
  ): void;
}

export interface SrfContent {
  readonly headers: Record<string, string>;
  readonly body?: string;
}

export interface SrfRequestOptions extends SrfContent {
  readonly method: string;
  readonly stackDialogId?: string;
  /** Where it goes first, where that is not the Request-URI. */
  readonly proxy?: string;
}

export type SrfHandler = (req: SrfRequest, res: SrfResponse, next: () => void) => void;

export interface SrfClient {
  on(event: 'connect', listener: (error: Error | null, hostport?: string) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'close', listener: () => void): void;
  use(handler: SrfHandler): void;
  use(method: string, handler: SrfHandler): void;
  connect(options: {
    readonly host: string;
    readonly port: number;
    readonly secret: string;
    readonly reconnect: { readonly maxAttempts: number };
  }): void;
  request(
    uri: string,
    options: SrfRequestOptions,
    callback: (error: Error | null, req?: SrfRequest) => void,
  ): void;
  readonly app: {
    readonly client: {
      readonly wp: {
        on(event: 'connect', listener: (socket: Socket) => void): void;
        send(socket: Socket, text: string): string;
        disconnect(socket: Socket): void;
      };
      readonly mapServer: Map<
        Socket,
        { readonly pendingRequests: Map<string, (tokens: readonly string[]) => void> }
      >;
    };
  };
}
