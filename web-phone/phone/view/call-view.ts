import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { speakToo } from '../../words/choice.ts';
import { CALL_WORDS } from '../words.ts';
import type { InCall } from './in-call.tsx';

const view = signal<typeof InCall | undefined>(undefined);

const missing = signal(false);

/** What a call looks like; it comes after the door, which needs none of it. */
export const callView: ReadonlySignal<typeof InCall | undefined> = view;

/** It did not come. Browsers keep that in mind: only a page that is loaded anew gets it. */
export const callViewMissing: ReadonlySignal<boolean> = missing;

/** Once; a file that does not come is asked for again by the next who wants it. */
export async function fetchCallView(): Promise<void> {
  if (view.peek() !== undefined) return;
  missing.value = false;
  const both = Promise.all([import('./in-call.tsx'), speakToo(CALL_WORDS)]);
  const loaded = await both.catch(() => undefined);
  if (loaded) view.value = loaded[0].InCall;
  else missing.value = true;
}
