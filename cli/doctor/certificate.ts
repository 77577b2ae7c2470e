import type { Finding } from '../../check/finding.ts';
import { fault, ok, warning } from '../../check/finding.ts';

/** What of a certificate is looked at. */
export interface CertificateFacts {
  readonly validFromMs: number;
  readonly validToMs: number;
  /** Whether it is for the name that people type. */
  readonly fitsHost: boolean;
  readonly host: string;
}

const WHAT = 'Certificate';
const DAY_MS = 86_400_000;
const SOON_DAYS = 21;

/** Whether browsers will take it now, and for how long. */
export function certificateFinding(facts: CertificateFacts, nowMs: number): Finding {
  const { validFromMs, validToMs, fitsHost, host } = facts;
  const until = new Date(validToMs).toISOString().slice(0, 10);
  if (nowMs < validFromMs) return fault(WHAT, 'is not valid yet', 'Set the clock of this machine.');
  if (nowMs >= validToMs)
    return fault(WHAT, `ran out on ${until}`, 'Renew it, then send SIGHUP: calls go on.');
  if (!fitsHost)
    return fault(WHAT, `is not for ${host}`, `Get one for ${host}, or set PUBLIC_URL to its name.`);
  const days = Math.floor((validToMs - nowMs) / DAY_MS);
  if (days < SOON_DAYS)
    return warning(WHAT, `runs out in ${days} days`, 'Renew it, then send SIGHUP: calls go on.');
  return ok(WHAT, `good until ${until}`);
}
