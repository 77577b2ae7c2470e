import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export interface MenuItem {
  readonly words: string;
  readonly icon?: IconName;
  /** What it says where the words alone do not name the person. */
  readonly label?: string;
  /** Something that is on or off. */
  readonly checked?: boolean;
  readonly look?: 'danger';
  readonly disabled?: boolean;
  readonly onChoose: () => void;
}

export interface MenuProps {
  /** The button's name. */
  readonly label: string;
  readonly icon: IconName;
  readonly children?: ComponentChildren;
  readonly waiting?: boolean;
  /** Plain: as large as the buttons that it stands among. */
  readonly look?: 'quiet' | 'plain';
  /** Asked for whenever it opens; an empty one is a line between groups. */
  readonly items: () => readonly (MenuItem | undefined)[];
}

const LOOKS = { quiet: 'button-quiet button-small', plain: 'button-plain' } as const;

/**
 * A button that opens a list of deeds. The arrow keys, Home, End and first letters go through them,
 * Enter chooses, Escape and Tab close it; the focus goes back to the button.
 */
export function Menu(props: MenuProps) {
  const { label, icon, children, waiting = false, look = 'quiet', items } = props;
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (back: boolean) => {
    open.value = false;
    if (back) button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={`button ${LOOKS[look]}${children === undefined ? ' button-bare' : ''}`}
        aria-label={label}
        title={children === undefined ? label : undefined}
        aria-haspopup="menu"
        aria-expanded={open.value}
        aria-controls={open.value ? id : undefined}
        aria-busy={waiting || undefined}
        onClick={() => (open.value = !open.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          // Where the button stands in a list, its own arrow keys would go on to the next row.
          if (!event.altKey) return;
          event.preventDefault();
          open.value = true;
        }}
      >
        <Icon name={icon} />
        {children !== undefined && <span class="button-words">{children}</span>}
        {waiting && <span class="button-spinner" aria-hidden="true" />}
      </button>
      {open.value && (
        <Items id={id} label={label} beside={button.current} items={items()} onClose={close} />
      )}
    </>
  );
}

interface ItemsProps {
  readonly id: string;
  readonly label: string;
  readonly beside: HTMLElement | null;
  readonly items: readonly (MenuItem | undefined)[];
  /** `back`: the focus goes back to the button; else it is where a click took it. */
  readonly onClose: (back: boolean) => void;
}

function Items({ id, label, beside, items, onClose }: ItemsProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    element.showPopover();
    const edge = beside?.getBoundingClientRect();
    if (edge) place(element, edge);
    choices(element)[0]?.focus();
    // What is scrolled away from under it would leave it hanging; a scroll that was over before is told only now.
    const gone = () => {
      if (beside?.getBoundingClientRect().top !== edge?.top) onClose(false);
    };
    window.addEventListener('scroll', gone, { capture: true, passive: true });
    return () => window.removeEventListener('scroll', gone, { capture: true });
  }, []);
  return (
    <div
      ref={list}
      id={id}
      class="menu"
      role="menu"
      aria-label={label}
      popover="auto"
      onToggle={(event) => {
        if (event.newState === 'closed') onClose(false);
      }}
      onKeyDown={(event) => {
        if (list.current && step(list.current, event.key)) event.preventDefault();
        if (event.key === 'Tab' || event.key === 'Escape') {
          event.preventDefault();
          onClose(true);
        }
        // The list that the button stands in has keys of its own.
        event.stopPropagation();
      }}
    >
      {items.map((item, n) =>
        item === undefined ? (
          <div key={n} class="menu-line" role="separator" />
        ) : (
          <Item key={n} item={item} onClose={onClose} />
        ),
      )}
    </div>
  );
}

function Item({ item, onClose }: { readonly item: MenuItem } & Pick<ItemsProps, 'onClose'>) {
  const { words, icon, label, checked, look, disabled = false, onChoose } = item;
  const toggles = checked !== undefined;
  return (
    <button
      type="button"
      class={`menu-item${look === 'danger' ? ' menu-danger' : ''}`}
      role={toggles ? 'menuitemcheckbox' : 'menuitem'}
      aria-checked={checked}
      aria-label={label}
      aria-disabled={disabled || undefined}
      tabIndex={-1}
      onClick={() => {
        if (disabled) return;
        onClose(true);
        onChoose();
      }}
    >
      <span class="menu-mark">
        {toggles ? checked && <Icon name="check" /> : icon && <Icon name={icon} />}
      </span>
      <span>{words}</span>
    </button>
  );
}

function choices(list: HTMLElement): readonly HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('.menu-item')];
}

/** Moves the focus by a key; false where the key is none of ours. */
function step(list: HTMLElement, key: string): boolean {
  const all = choices(list);
  const at = all.findIndex((each) => each === document.activeElement);
  const next = nextOf(
    all.map((each) => each.textContent ?? ''),
    at,
    key,
  );
  all[next]?.focus();
  return next >= 0;
}

/** Which choice a key leads to; below 0: none. */
export function nextOf(words: readonly string[], at: number, key: string): number {
  const last = words.length - 1;
  switch (key) {
    case 'ArrowDown':
      return at >= last ? 0 : at + 1;
    case 'ArrowUp':
      return at <= 0 ? last : at - 1;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return byLetter(words, at, key);
  }
}

/** The next one that begins with it, around the end. */
function byLetter(words: readonly string[], at: number, key: string): number {
  if ([...key].length !== 1 || key === ' ') return -1;
  const letter = key.toLocaleLowerCase();
  const turned = words.map((_each, n) => (at + 1 + n) % words.length);
  return turned.find((n) => words[n]?.trim().toLocaleLowerCase().startsWith(letter)) ?? -1;
}

const GAP_PX = 4;

/** Below the button where there is room, else above; never beyond the window. */
function place(menu: HTMLElement, button: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const below = button.bottom + GAP_PX;
  const top = below + height <= window.innerHeight ? below : button.top - GAP_PX - height;
  const isRtl = getComputedStyle(menu).direction === 'rtl';
  const left = isRtl ? button.left : button.right - width;
  menu.style.top = `${Math.max(GAP_PX, top)}px`;
  menu.style.left = `${Math.min(window.innerWidth - width - GAP_PX, Math.max(GAP_PX, left))}px`;
}
