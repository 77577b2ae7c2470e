import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Problem } from '../../../protocol/http/problem.ts';
import type { AccountView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';

interface EditProps extends DeskProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** A phone's name, and whose it is. */
export function EditPhone({ desk, account, onClose }: EditProps) {
  const name = useSignal(account.name);
  const personId = useSignal(account.personId ?? '');
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  useEffect(() => desk.people.watch(), [desk]);
  const say = words('console').phones;
  const people = desk.people.list.value ?? [];
  const save = async () => {
    busy.value = true;
    const body = { name: name.value.trim(), personId: personId.value || null };
    const answer = await desk.accounts.change(account.username, body);
    busy.value = false;
    if (answer.ok) onClose();
    else problem.value = answer.problem;
  };
  return (
    <Dialog title={say.changeTitle(account.username)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.value.trim() !== '' && !busy.value) void save();
        }}
      >
        <ShownProblem look="danger" problem={problem.value} />
        <TextField
          label={say.name}
          autoFocus
          maxLength={60}
          hint={say.nameHint}
          value={name.value}
          onInput={(value) => (name.value = value)}
        />
        <Choice
          label={say.person}
          hint={say.personHint}
          value={personId.value}
          options={[
            ['', say.nobody],
            ...people.map(({ id, name: known }): readonly [string, string] => [id, known]),
          ]}
          onChange={(chosen) => (personId.value = chosen)}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button
            look="primary"
            submit
            waiting={busy.value}
            disabled={name.value.trim() === '' || desk.people.list.value === undefined}
          >
            {say.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
