import { Confirm } from '../../style/dialog.tsx';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';

/** Asks whoever goes to another place while a form holds what nobody saved. */
export function LeaveUnsaved({ desk }: DeskProps) {
  const hash = desk.unsaved.asked.value;
  const say = words('console').meetingForm;
  if (hash === undefined) return null;
  return (
    <Confirm
      title={say.discardTitle}
      verb={say.discard}
      onYes={() => desk.leave(hash)}
      onClose={() => desk.unsaved.answered()}
    >
      {say.discardAbout}
    </Confirm>
  );
}
