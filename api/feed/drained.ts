import type { Writable } from 'node:stream';

/** Resolves once less than so much waits to leave, or nothing will any more. */
export function drainedBelow(stream: Writable, bytes: number): Promise<void> {
  if (stream.writableLength < bytes || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}
