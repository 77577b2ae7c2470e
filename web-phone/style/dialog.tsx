import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../words/words.ts';
import { Button } from './button.tsx';
import { openers } from './keep-focus.ts';

export interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Escape, the cross, or a click beside it. Absent: it stays. */
  readonly onClose?: () => void;
  /** `side`: along the edge of the page, of which the rest stays to be seen. */
  readonly look?: 'side';
}

/** A modal window: the browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ title, children, onClose, look }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const dialog = element.current;
    const opener = document.activeElement;
    if (dialog && opener instanceof HTMLElement) openers.set(dialog, opener);
    dialog?.showModal();
    // Taken from the page without being closed, it would not give the focus back.
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      class={look === 'side' ? 'dialog dialog-side' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClose={() => {
        // A second Escape closes it without asking (CloseWatcher): it is ours to close.
        if (!element.current?.isConnected) return;
        element.current.showModal();
        onClose?.();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose?.();
      }}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          {onClose && (
            <Button
              look="quiet"
              icon="close"
              label={words('shared').controls.close}
              onClick={onClose}
            />
          )}
        </header>
        {children}
      </div>
    </dialog>
  );
}

export interface ConfirmProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** What the red button says; a verb. */
  readonly verb: string;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

/** Asks before what cannot be undone. */
export function Confirm({ title, children, verb, onYes, onClose }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{children}</p>
      <div class="dialog-actions">
        <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
        <Button
          look="danger"
          onClick={() => {
            onYes();
            onClose();
          }}
        >
          {verb}
        </Button>
      </div>
    </Dialog>
  );
}
