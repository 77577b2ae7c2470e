import { AuditLog } from '../../meetings/audit-log.ts';
import { signingKeys } from '../../meetings/keys.ts';
import type { Store } from '../../meetings/store/store.ts';
import { afterRealTime } from '../../meetings/basics.ts';
import { seeded } from './meetings.ts';

/** An audit log over a store, and nothing else of the meetings. */
export async function openAudit(
  store: Store,
  now: () => number,
  keptDays?: number,
): Promise<AuditLog> {
  const random = seeded(1);
  const keys = await signingKeys(store, random);
  const basics = { store, now, random, keys, language: 'en', numbers: 'masked' } as const;
  const audit = new AuditLog({ ...basics, log: () => undefined, after: afterRealTime }, keptDays);
  await audit.start();
  return audit;
}
