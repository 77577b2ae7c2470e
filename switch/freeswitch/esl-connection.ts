import type { Socket } from 'node:net';
import { toCommand } from '../../protocol/esl/command.ts';
import type { EslCommand } from '../../protocol/esl/command.ts';
import { EslDecoder } from '../../protocol/esl/decoder.ts';
import type { EslEvent } from '../../protocol/esl/event.ts';
import { EslProtocolError } from '../../protocol/esl/headers.ts';
import type { ServerEffect, ServerSession } from '../../protocol/esl/server.ts';
import {
  AUTH_REQUEST,
  NEW_SESSION,
  formatApiResponse,
  goodbye,
  receive,
  sendmsgReply,
} from '../../protocol/esl/server.ts';
import type { EventFormat } from '../../protocol/esl/subscription.ts';
import { wants } from '../../protocol/esl/subscription.ts';
import type { Log } from '../../protocol/log.ts';

/** What controllers may order of the switch. */
export interface Orders {
  /** Runs an API command; `answer` gets its output, at once or later. */
  api(command: string, args: string, answer: (output: string) => void): void;
  /** The same in the background; BACKGROUND_JOB tells the end. */
  bgapi(jobUuid: string, command: string, args: string): void;
  hasChannel(uuid: string): boolean;
  sendmsg(uuid: string, command: EslCommand): void;
  fire(name: string, event: EslEvent): void;
}

export interface ConnectionOptions {
  readonly orders: Orders;
  readonly log: Log;
  readonly maxBacklogBytes: number;
  isPassword(attempt: string): boolean;
  uuid(): string;
  onClose(): void;
}

/** One controller on its socket. Each reply is one write; commands wait while an API call runs. */
export class EslConnection {
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #decoder = new EslDecoder();
  readonly #commands: EslCommand[] = [];
  #session: ServerSession = NEW_SESSION;
  #busy = false;
  #closed = false;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('data', (chunk) => this.#onData(chunk));
    socket.on('error', (error) =>
      options.log('debug', 'event socket failed', { error: error.message }),
    );
    socket.on('close', () => {
      this.#closed = true;
      options.onClose();
    });
    this.write(AUTH_REQUEST);
  }

  /** How this controller wants the event, or undefined where it does not. */
  formatFor(event: EslEvent): EventFormat | undefined {
    const { login, subscription } = this.#session;
    return login === 'accepted' && wants(subscription, event) ? subscription.format : undefined;
  }

  /** Writes, unless too much already waits: a controller that does not read is dropped. */
  write(bytes: string | Buffer): void {
    if (this.#closed) return;
    this.#socket.write(bytes);
    if (this.#socket.writableLength <= this.#options.maxBacklogBytes) return;
    this.#options.log('error', 'event socket dropped: its controller does not read', {
      backlogBytes: this.#socket.writableLength,
    });
    this.#closed = true;
    this.#socket.destroy();
  }

  /** The switch ends. */
  dismiss(): void {
    this.#run(goodbye());
  }

  #onData(chunk: Buffer): void {
    if (this.#closed) return;
    try {
      for (const frame of this.#decoder.push(chunk)) this.#commands.push(toCommand(frame));
    } catch (error) {
      if (!(error instanceof EslProtocolError)) throw error;
      this.#options.log('warn', 'event socket broke the protocol', { reason: error.message });
      this.#closed = true;
      this.#socket.destroy();
      return;
    }
    this.#runCommands();
  }

  #runCommands(): void {
    while (!this.#busy && !this.#closed) {
      const command = this.#commands.shift();
      if (command === undefined) return;
      const [session, effects] = receive(this.#session, command, this.#options);
      this.#session = session;
      this.#run(effects);
    }
  }

  #run(effects: readonly ServerEffect[]): void {
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: ServerEffect): void {
    const { orders } = this.#options;
    switch (effect.kind) {
      case 'write':
        this.write(effect.text);
        break;
      case 'api':
        this.#busy = true;
        orders.api(effect.command, effect.args, (output) => {
          this.#busy = false;
          this.write(formatApiResponse(output));
          queueMicrotask(() => this.#runCommands());
        });
        break;
      case 'bgapi':
        orders.bgapi(effect.jobUuid, effect.command, effect.args);
        break;
      case 'sendmsg': {
        const found = orders.hasChannel(effect.uuid);
        this.write(sendmsgReply(effect.uuid, found));
        if (found) orders.sendmsg(effect.uuid, effect.command);
        break;
      }
      case 'fire':
        orders.fire(effect.name, effect.event);
        break;
      case 'close':
        this.#closed = true;
        this.#socket.end();
        break;
    }
  }
}
