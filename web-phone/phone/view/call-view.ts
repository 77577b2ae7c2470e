import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { speakToo } from '../../words/choice.ts';
import { CALL_WORDS } from '../words.ts';
import type { InCall } from './in-call.tsx';

const view = signal<typeof InCall | undefined>(undefined);

/** What a call looks like; it comes after the door, which needs none of it. */
export const callView: ReadonlySignal<typeof InCall | undefined> = view;

/**
 * Whether it is there now. A file that did not come is asked for again by the next who wants it; some
 * browsers keep in mind that it did not, and only a page that is loaded anew gets it.
 */
export async function fetchCallView(): Promise<boolean> {
  if (view.peek() !== undefined) return true;
  const both = Promise.all([import('./in-call.tsx'), speakToo(CALL_WORDS)]);
  const loaded = await both.catch(() => undefined);
  if (loaded) view.value = loaded[0].InCall;
  return loaded !== undefined;
}
