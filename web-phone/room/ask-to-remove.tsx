import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Participant } from '../../protocol/room/room.ts';
import { Button } from '../style/button.tsx';
import { Dialog } from '../style/dialog.tsx';

export interface AskToRemoveProps {
  readonly person: Participant;
  readonly onYes: (ban: boolean) => void;
  readonly onClose: () => void;
}

/** Asks before somebody's call ends, and whether they may come back. */
export function AskToRemove({ person, onYes, onClose }: AskToRemoveProps) {
  const ban = useSignal(false);
  return (
    <Dialog title={`Remove ${person.name}?`} onClose={onClose}>
      <fieldset class="choices">
        <legend class="hidden">May they come back?</legend>
        <Way
          on={!ban.value}
          title="Remove"
          onChoose={() => (ban.value = false)}
          words="Their call ends at once. They can call again unless the room is locked."
        />
        <Way
          on={ban.value}
          title="Remove and ban"
          onChoose={() => (ban.value = true)}
          words={`Their call ends, and they are kept out until the meeting ends or you lift the ban. ${known(person)}`}
        />
      </fieldset>
      <div class="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="danger"
          onClick={() => {
            onYes(ban.value);
            onClose();
          }}
        >
          {ban.value ? 'Remove and ban' : 'Remove'}
        </Button>
      </div>
    </Dialog>
  );
}

/** By what a ban knows them again, and by what it does not. */
function known({ via }: Participant): string {
  return via === 'phone'
    ? 'They are known again by their number or account.'
    : 'They are known again by their own link; somebody with the link for everybody could open it anew, so lock the room or use the lobby as well.';
}

function Way(props: {
  readonly on: boolean;
  readonly title: string;
  readonly words: string;
  readonly onChoose: () => void;
}) {
  const id = useId();
  return (
    <div class="tick">
      <input
        id={id}
        type="radio"
        name="remove-how"
        checked={props.on}
        aria-describedby={`${id}-about`}
        onChange={props.onChoose}
      />
      <span>
        <label for={id}>{props.title}</label>
        <span class="hint" id={`${id}-about`}>
          {props.words}
        </span>
      </span>
    </div>
  );
}
