import type { Store } from '../../meetings/store/store.ts';

/** A directory, or a `redis://` address. Only what is needed is loaded: programs that die soon start sooner. */
export async function openStoreAt(address: string): Promise<Store> {
  const now = Date.now;
  if (address.startsWith('redis:')) {
    const { openRedis } = await import('../../meetings/store/redis.ts');
    return openRedis({ url: address, now, onError: () => undefined });
  }
  const { openLmdb } = await import('../../meetings/store/lmdb.ts');
  return openLmdb(address, now);
}
