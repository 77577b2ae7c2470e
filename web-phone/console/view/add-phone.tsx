import { useSignal } from '@preact/signals';
import type { Problem } from '../../../protocol/http/problem.ts';
import type { AccountView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';

type AddProps = DeskProps & {
  /** With its password: shown now or never. */
  readonly onMade: (account: AccountView) => void;
  readonly onClose: () => void;
};

/** Makes an account. */
export function AddPhone({ desk, onClose, onMade }: AddProps) {
  const name = useSignal('');
  const username = useSignal('');
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  const say = words('console').phones;
  const wrongIn = (field: string) =>
    problem.value?.field === field
      ? problemWords(problem.value, words('shared').problems)
      : undefined;
  const typed = () => ({ username: username.value.trim(), name: name.value.trim() });
  const create = async () => {
    busy.value = true;
    const answer = await desk.accounts.create(typed());
    busy.value = false;
    if (answer.ok) onMade(answer.value);
    else problem.value = answer.problem;
  };
  const complete = Object.values(typed()).every((each) => each !== '');
  return (
    <Dialog title={say.addTitle} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete && !busy.value) void create();
        }}
      >
        {problem.value?.field === undefined && (
          <ShownProblem look="danger" problem={problem.value} />
        )}
        <TextField
          label={say.name}
          autoFocus
          placeholder={say.namePlaceholder}
          maxLength={60}
          hint={say.nameHint}
          wrong={wrongIn('name')}
          value={name.value}
          onInput={(value) => (name.value = value)}
        />
        <TextField
          label={say.username}
          placeholder={say.usernamePlaceholder}
          maxLength={32}
          hint={say.usernameHint}
          wrong={wrongIn('username')}
          value={username.value}
          onInput={(value) => (username.value = value)}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button look="primary" submit waiting={busy.value} disabled={!complete}>
            {say.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
