import { useEffect, useRef } from 'preact/hooks';
import { habits } from '../habits.ts';

/** What keys do in a call. */
export interface CallKeys {
  readonly onMute: () => void;
  readonly onHand: () => void;
  readonly onHelp: () => void;
  readonly onTalk: (kind: 'press' | 'release') => void;
  /** Whether holding the space bar would open the microphone now. */
  readonly mayTalk: () => boolean;
}

/**
 * M, H, ? and a held Space, from anywhere but a text field; Ctrl+D from everywhere. Space stays a button's
 * own key where the keyboard put the focus on it. Whatever takes the keyboard away lets go of Space.
 */
export function useCallKeys(keys: CallKeys): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const listeners = new AbortController();
    const held = new HeldSpace((kind) => now.current.onTalk(kind));
    const clicked = new ClickedLast();
    const on = { signal: listeners.signal };
    document.addEventListener('pointerdown', ({ target }) => clicked.on(target), on);
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Tab') clicked.on(null);
        if (isSpace(event)) {
          if (held.down(event, clicked.is(event.target), () => now.current.mayTalk()))
            event.preventDefault();
        } else if (press(event, now.current)) event.preventDefault();
      },
      on,
    );
    document.addEventListener(
      'keyup',
      (event) => {
        // A button that was clicked would take it for a click.
        if (isSpace(event) && held.up()) event.preventDefault();
      },
      on,
    );
    const letGo = () => void held.up();
    window.addEventListener('blur', letGo, on);
    window.addEventListener('pagehide', letGo, on);
    document.addEventListener('visibilitychange', letGo, on);
    return () => {
      letGo();
      listeners.abort();
    };
  }, []);
}

/** True where the key did something. */
function press(event: KeyboardEvent, keys: CallKeys): boolean {
  const key = event.key.toLowerCase();
  const commands = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (commands && key === 'd') {
    if (!event.repeat) keys.onMute();
    return true;
  }
  if (event.repeat || isCommand(event)) return false;
  if (!habits.peek().shortKeys || isBusyElsewhere(event.target)) return false;
  const deed = { m: keys.onMute, h: keys.onHand, '?': keys.onHelp }[key];
  deed?.();
  return deed !== undefined;
}

function isCommand({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}

class HeldSpace {
  #isDown = false;
  readonly #talk: CallKeys['onTalk'];

  constructor(talk: CallKeys['onTalk']) {
    this.#talk = talk;
  }

  /** True where the browser should do nothing with it. */
  down(event: KeyboardEvent, wasClicked: boolean, mayTalk: () => boolean): boolean {
    if (this.#isDown) return true;
    if (event.defaultPrevented) return false;
    if (event.repeat || !habits.peek().talkKey || isBusyElsewhere(event.target)) return false;
    if (isCommand(event) || !mayTalk()) return false;
    if (hasOwnSpace(event.target) && !wasClicked) return false;
    this.#isDown = true;
    this.#talk('press');
    return true;
  }

  up(): boolean {
    if (!this.#isDown) return false;
    this.#isDown = false;
    this.#talk('release');
    return true;
  }
}

/** What a pointer touched last: its focus is no sign that the keyboard is meant for it. */
class ClickedLast {
  #element: EventTarget | null = null;

  on(target: EventTarget | null): void {
    this.#element = target;
  }

  is(focused: EventTarget | null): boolean {
    return focused instanceof Node && this.#element instanceof Node
      ? focused.contains(this.#element)
      : false;
  }
}

function isSpace(event: KeyboardEvent): boolean {
  return event.key === ' ' || event.code === 'Space';
}

/** Where keys write, choose or belong to a window. */
function isBusyElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  return (
    target instanceof Element &&
    target.closest(
      'input:not([type=checkbox]):not([type=range]), select, textarea, [role=menu]',
    ) !== null
  );
}

function hasOwnSpace(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input, summary') !== null;
}
