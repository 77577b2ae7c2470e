import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 1_000);

/** Milliseconds since 1970, a new value each second. */
export const nowMs: ReadonlySignal<number> = now;
