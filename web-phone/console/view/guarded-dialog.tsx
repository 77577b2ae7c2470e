import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { Confirm, Dialog } from '../../style/dialog.tsx';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';

export interface GuardedDialogProps extends DeskProps {
  readonly title: string;
  /** Something was typed that nobody saved. */
  readonly dirty: boolean;
  readonly onClose: () => void;
  /** What closes it with a question is handed on, for a button of its own. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A window with a form: what was typed is not lost by a slip, nor by leaving the page. */
export function GuardedDialog({ desk, title, dirty, onClose, children }: GuardedDialogProps) {
  const asks = useSignal(false);
  const say = words('console').meetingForm;
  // Before the browser draws: who goes at once after a key loses nothing either.
  useLayoutEffect(() => (dirty ? desk.unsaved.hold() : undefined), [desk, dirty]);
  const close = () => {
    if (dirty) asks.value = true;
    else onClose();
  };
  return (
    <Dialog title={title} onClose={close}>
      {children(close)}
      {asks.value && (
        <Confirm
          title={say.discardTitle}
          verb={say.discard}
          onYes={onClose}
          onClose={() => (asks.value = false)}
        >
          {say.discardAbout}
        </Confirm>
      )}
    </Dialog>
  );
}
