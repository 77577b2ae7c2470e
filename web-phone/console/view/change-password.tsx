import { useSignal } from '@preact/signals';
import type { Problem } from '../../../protocol/http/problem.ts';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';
import { Secret } from './sign-in.tsx';

/** One's own password; every other session ends. */
export function ChangePassword({ desk, onClose }: DeskProps & { readonly onClose: () => void }) {
  const say = words('console').signIn;
  const password = useSignal('');
  const fresh = useSignal('');
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  const wrong = (field: string) =>
    problem.value?.field === field
      ? problemWords(problem.value, words('shared').problems)
      : undefined;
  const save = async () => {
    busy.value = true;
    const body = { password: password.value, newPassword: fresh.value };
    const answer = await desk.session.changePassword(body);
    busy.value = false;
    if (!answer.ok) {
      problem.value = answer.problem;
      return;
    }
    desk.notices.done(words('console').signIn.changed);
    void desk.sessions.look();
    onClose();
  };
  return (
    <Dialog title={say.changeTitle} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) void save();
        }}
      >
        {problem.value?.field === undefined && (
          <ShownProblem look="danger" problem={problem.value} />
        )}
        <Secret
          label={say.now}
          autocomplete="current-password"
          wrong={wrong('password')}
          value={password}
        />
        <Secret
          label={say.newPassword}
          hint={say.passwordHint}
          wrong={wrong('newPassword')}
          value={fresh}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button look="primary" submit waiting={busy.value}>
            {say.change}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
