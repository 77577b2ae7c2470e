import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Participant } from '../../protocol/room/room.ts';
import { Button } from '../style/button.tsx';
import { Dialog } from '../style/dialog.tsx';
import { words } from '../words/words.ts';

export interface AskToRemoveProps {
  readonly person: Participant;
  readonly onYes: (ban: boolean) => void;
  readonly onClose: () => void;
}

/** Asks before somebody's call ends, and whether they may come back. */
export function AskToRemove({ person, onYes, onClose }: AskToRemoveProps) {
  const ban = useSignal(false);
  const { controls, inRoom } = words('shared');
  return (
    <Dialog title={inRoom.removeTitle(person.name)} onClose={onClose}>
      <fieldset class="choices">
        <legend class="hidden">{inRoom.mayComeBack}</legend>
        <Way
          on={!ban.value}
          title={inRoom.remove}
          onChoose={() => (ban.value = false)}
          words={inRoom.removeAbout}
        />
        <Way
          on={ban.value}
          title={inRoom.removeAndBan}
          onChoose={() => (ban.value = true)}
          words={`${inRoom.banAbout} ${known(person)}`}
        />
      </fieldset>
      <div class="dialog-actions">
        <Button onClick={onClose}>{controls.cancel}</Button>
        <Button
          look="danger"
          onClick={() => {
            onYes(ban.value);
            onClose();
          }}
        >
          {ban.value ? inRoom.removeAndBan : inRoom.remove}
        </Button>
      </div>
    </Dialog>
  );
}

/** By what a ban knows them again, and by what it does not. */
function known({ via }: Participant): string {
  const { knownByPhone, knownByLink } = words('shared').inRoom;
  return via === 'phone' ? knownByPhone : knownByLink;
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
