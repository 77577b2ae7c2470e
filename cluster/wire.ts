import { closeRedis, connectRedis, NAMESPACE } from '../meetings/store/redis.ts';
import { parseMessage } from './core/message.ts';
import type { Message } from './core/message.ts';

const ALL = `${NAMESPACE}cluster`;

export interface WireSettings {
  /** Redis. */
  readonly url: string;
  /** This process. */
  readonly self: string;
  /** What others said, to all or to us, in the order in which each of them said it. */
  readonly hear: (message: Message) => void;
  /** The connection was lost and is back: something may have been missed. */
  readonly back: () => void;
}

/** What processes say to each other, over Redis' channels. Nothing is kept: what nobody heard is gone. */
export interface Wire {
  /** To all others who are there. */
  say(message: Message): void;
  /** To one. False where it cannot be said, or that process is not there to hear it. */
  tell(process: string, message: Message): Promise<boolean>;
  close(): Promise<void>;
}

/** Rejects with `StoreUnavailable` where Redis cannot be reached at the start. */
export async function openWire({ url, self, hear, back }: WireSettings): Promise<Wire> {
  // The store has its own connections, and says in the log that Redis is away.
  const silent = () => undefined;
  const [mouth, ear] = await Promise.all([connectRedis(url, silent), connectRedis(url, silent)]);
  const listen = (text: string): void => {
    const message = parseMessage(text);
    if (message !== undefined && message.from !== self) hear(message);
  };
  await ear.subscribe([ALL, ownChannel(self)], listen);
  ear.on('ready', back);
  const publish = async (channel: string, message: Message): Promise<number> =>
    mouth.isReady ? mouth.publish(channel, JSON.stringify(message)) : 0;
  return {
    // What is lost with the connection is found missing by its number.
    say: (message) => void publish(ALL, message).catch(silent),
    tell: (process, message) =>
      publish(ownChannel(process), message).then(
        (heard) => heard > 0,
        () => false,
      ),
    close: async () => {
      await Promise.all([closeRedis(mouth), closeRedis(ear)]);
    },
  };
}

function ownChannel(process: string): string {
  return `${ALL}:${process}`;
}
