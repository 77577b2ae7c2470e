import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface Notice {
  readonly id: number;
  readonly text: string;
  readonly look: 'warning' | 'done';
  readonly undo?: (() => void) | undefined;
}

const SHOWN_MS = 8_000;
const SAID_AT_MOST = 5;

/** What the page tells: spoken to screen readers, or shown for a while in a corner. */
export class Notices {
  readonly #shown = signal<readonly Notice[]>([]);
  readonly #said = signal<readonly Notice[]>([]);
  #lastId = 0;

  get shown(): ReadonlySignal<readonly Notice[]> {
    return this.#shown;
  }
  get said(): ReadonlySignal<readonly Notice[]> {
    return this.#said;
  }

  /** To screen readers only; others see it in the list. */
  say(text: string): void {
    const notice = { id: ++this.#lastId, text, look: 'done' } as const;
    this.#said.value = [...this.#said.peek(), notice].slice(-SAID_AT_MOST);
  }

  warn(text: string): void {
    this.#show(text, 'warning');
  }

  /** Shown with a way back where there is one. */
  done(text: string, undo?: () => void): void {
    this.#show(text, 'done', undo);
  }

  dismiss(id: number): void {
    this.#shown.value = this.#shown.peek().filter((notice) => notice.id !== id);
  }

  #show(text: string, look: Notice['look'], undo?: () => void): void {
    const id = ++this.#lastId;
    const others = this.#shown.peek().filter((notice) => notice.text !== text);
    this.#shown.value = [...others, { id, text, look, undo }];
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }
}

export function NoticeBoard({ notices }: { readonly notices: Notices }) {
  return (
    <>
      <div class="hidden" role="log" aria-live="polite" aria-label="What happens in the room">
        {notices.said.value.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </div>
      <div class="toasts" role="status" aria-live="assertive">
        {notices.shown.value.map(({ id, text, look, undo }) => (
          <div key={id} class={`toast toast-${look}`}>
            <Icon name={look === 'done' ? 'check' : 'warning'} />
            <p>{text}</p>
            {undo && (
              <Button
                look="quiet"
                size="small"
                onClick={() => {
                  notices.dismiss(id);
                  undo();
                }}
              >
                Undo
              </Button>
            )}
            <Button
              look="quiet"
              size="small"
              icon="close"
              label="Dismiss"
              onClick={() => notices.dismiss(id)}
            />
          </div>
        ))}
      </div>
    </>
  );
}
