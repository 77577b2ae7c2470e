import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { words } from '../words/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface Notice {
  readonly id: number;
  readonly text: string;
  readonly look: 'warning' | 'done';
  readonly undo?: (() => void) | undefined;
  /** Runs once the way back is gone: by time, or put away. */
  readonly gone?: (() => void) | undefined;
  /** Of its own; its time is seen to run out. */
  readonly forMs?: number | undefined;
  /** Something that is one way or the other: only the latest about it is true, and shown. */
  readonly about?: string | undefined;
}

const SHOWN_MS = 8_000;
const SAID_AT_MOST = 5;

/** What the page tells: spoken to screen readers, or shown for a while in a corner. */
export class Notices {
  readonly #shown = signal<readonly Notice[]>([]);
  readonly #said = signal<readonly Notice[]>([]);
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
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

  /** Shown with a way back where there is one; `gone` runs once that way is closed and was not taken. */
  done(text: string, undo?: () => void, more: Pick<Notice, 'gone' | 'forMs' | 'about'> = {}): void {
    this.#show(text, 'done', { undo, ...more });
  }

  dismiss(id: number): void {
    this.#take(id)?.gone?.();
  }

  undo(id: number): void {
    this.#take(id)?.undo?.();
  }

  /** Nothing goes away while somebody is at it. */
  hold(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Everybody left: each has its time again. */
  release(): void {
    this.hold();
    for (const notice of this.#shown.peek()) this.#leaveLater(notice);
  }

  #take(id: number): Notice | undefined {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const taken = this.#shown.peek().find((notice) => notice.id === id);
    this.#shown.value = this.#shown.peek().filter((notice) => notice.id !== id);
    return taken;
  }

  #show(text: string, look: Notice['look'], ways: Omit<Notice, 'id' | 'text' | 'look'> = {}): void {
    const id = ++this.#lastId;
    const notice: Notice = { id, text, look, ...ways };
    for (const earlier of this.#shown.peek()) if (isSame(earlier, notice)) this.dismiss(earlier.id);
    this.#shown.value = [...this.#shown.peek(), notice];
    this.#leaveLater(notice);
  }

  #leaveLater({ id, forMs = SHOWN_MS }: Notice): void {
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), forMs),
    );
  }
}

function isSame(earlier: Notice, { text, about }: Notice): boolean {
  return earlier.text === text || (about !== undefined && earlier.about === about);
}

/** What was told and done, in a corner; spoken too. */
export function NoticeBoard({ notices }: { readonly notices: Notices }) {
  const say = words('shared').controls;
  return (
    <>
      <div class="hidden" role="log" aria-live="polite" aria-label={say.whatHappens}>
        {notices.said.value.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </div>
      <div
        class="toasts"
        role="status"
        aria-live="assertive"
        // Not where they only come to lie beneath a pointer that rests: nothing would ever go away.
        onPointerMove={({ movementX, movementY }) => {
          if (movementX !== 0 || movementY !== 0) notices.hold();
        }}
        onPointerLeave={() => notices.release()}
        onFocusIn={() => notices.hold()}
        onFocusOut={() => notices.release()}
      >
        {notices.shown.value.map((notice) => (
          <Toast key={notice.id} notices={notices} notice={notice} />
        ))}
      </div>
    </>
  );
}

function Toast({ notices, notice }: { readonly notices: Notices; readonly notice: Notice }) {
  const { id, text, look, undo, forMs } = notice;
  const say = words('shared').controls;
  // What is taken away under the pointer tells nobody that the pointer has left it.
  const then = (act: (id: number) => void) => () => {
    act(id);
    notices.release();
  };
  return (
    <div class={`toast toast-${look}${forMs === undefined ? '' : ' toast-timed'}`}>
      <Icon name={look === 'done' ? 'check' : 'warning'} />
      <p>{text}</p>
      {undo && (
        <Button look="quiet" size="small" onClick={then((each) => notices.undo(each))}>
          {say.undo}
        </Button>
      )}
      <Button
        look="quiet"
        size="small"
        icon="close"
        label={say.dismiss}
        onClick={then((each) => notices.dismiss(each))}
      />
    </div>
  );
}
