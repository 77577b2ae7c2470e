import { useSignal } from '@preact/signals';
import type { AccountView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';
import { useSending } from './use-sending.ts';

type AddProps = DeskProps & {
  /** With its password: shown now or never. */
  readonly onMade: (account: AccountView) => void;
  readonly onClose: () => void;
};

/** Makes an account. */
export function AddPhone({ desk, onClose, onMade }: AddProps) {
  const name = useSignal('');
  const username = useSignal('');
  const { problem, waiting, wrongIn, send } = useSending();
  const say = words('console').phones;
  const typed = () => ({ username: username.value.trim(), name: name.value.trim() });
  const create = () => send(() => desk.accounts.create(typed()), onMade);
  const complete = Object.values(typed()).every((each) => each !== '');
  return (
    <Dialog title={say.addTitle} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) void create();
        }}
      >
        {problem?.field === undefined && <ShownProblem look="danger" problem={problem} />}
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
          <Button look="primary" submit waiting={waiting} disabled={!complete}>
            {say.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
