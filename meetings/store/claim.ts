import { accessSync, constants, mkdirSync } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';

const NAME = 'in-use';

/** A directory that is this process' own until it lets go, or ends in whatever way. */
export interface Claim {
  release(): Promise<void>;
}

/** Makes the directory where there is none. Throws one sentence where nothing can be written there. */
export function openDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `DATA_DIR ${directory} cannot be written to (${code}): mend its rights, or set another.`,
      { cause: error },
    );
  }
}

/**
 * Claims a directory for this process: another that asks for it while we live is refused with one
 * sentence. The claim is a Unix socket that we listen on, so it ends with us, `kill -9` included, and
 * holds for containers that share the directory.
 */
export async function claimDirectory(directory: string): Promise<Claim> {
  openDirectory(directory);
  // By its descriptor: a socket's path may have no more than 107 bytes.
  const handle = await open(directory);
  const path = `/proc/self/fd/${handle.fd}/${NAME}`;
  try {
    const server = (await listen(path)) ?? (await takeOver(path));
    if (server === undefined) throw taken(directory);
    return {
      release: async () => {
        await new Promise((resolve) => server.close(resolve));
        await handle.close();
      },
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function taken(directory: string): Error {
  const text = `DATA_DIR ${directory} is in use by another Partyline: stop that, or set another.`;
  return new Error(text, { cause: 'taken' });
}

/** What a process left behind that died without a word has nobody who answers. */
async function takeOver(path: string): Promise<Server | undefined> {
  if (await answers(path)) return undefined;
  await unlink(path);
  return listen(path);
}

/** Undefined where the name is there already. */
function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((visitor) => visitor.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => resolve(server.unref()));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') resolve(false);
      else reject(error);
    });
  });
}
