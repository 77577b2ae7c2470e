import { useSignal } from '@preact/signals';
import { words as pageWords } from '../words/words.ts';
import { Button } from './button.tsx';

const THANKED_MS = 2_000;

export interface CopyProps {
  /** What goes to the clipboard. */
  readonly text: string;
  /** What it is, for the button's name: “Copy the joining link”. */
  readonly what: string;
  /** Words on the button; without them it is only the sign. */
  readonly words?: string;
}

/** Copies a text and says that it did. */
export function Copy({ text, what, words }: CopyProps) {
  const state = useSignal<'idle' | 'copied' | 'failed'>('idle');
  const copy = async () => {
    state.value = (await toClipboard(text)) ? 'copied' : 'failed';
    setTimeout(() => (state.value = 'idle'), THANKED_MS);
  };
  const say = pageWords('shared').controls;
  const said = { idle: words, copied: say.copied, failed: say.notAllowed }[state.value];
  return (
    <span class="copy">
      <Button
        look={words === undefined ? 'quiet' : 'plain'}
        size="small"
        icon={state.value === 'copied' ? 'check' : 'copy'}
        label={say.copyIt(what)}
        onClick={() => void copy()}
      >
        {words === undefined ? undefined : said}
      </Button>
      <span class="hidden" role="status">
        {state.value === 'idle' ? '' : `${what}: ${said ?? ''}`}
      </span>
    </span>
  );
}

/** The Clipboard API is there on secure pages only; the old way works on the rest. */
async function toClipboard(text: string): Promise<boolean> {
  if ('clipboard' in navigator) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  // Deprecated, and the only way on a page without TLS.
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
