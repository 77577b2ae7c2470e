import { useSignal } from '@preact/signals';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';
import { Secret } from './sign-in.tsx';
import { useSending } from './use-sending.ts';

/** One's own password; every other session ends. */
export function ChangePassword({ desk, onClose }: DeskProps & { readonly onClose: () => void }) {
  const say = words('console').signIn;
  const password = useSignal('');
  const fresh = useSignal('');
  const { problem, waiting, wrongIn, send } = useSending();
  const save = () => {
    const body = { password: password.value, newPassword: fresh.value };
    return send(
      () => desk.session.changePassword(body),
      () => {
        desk.notices.done(words('console').signIn.changed);
        void desk.sessions.look();
        onClose();
      },
    );
  };
  return (
    <Dialog title={say.changeTitle} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {problem?.field === undefined && <ShownProblem look="danger" problem={problem} />}
        <Secret
          label={say.now}
          autocomplete="current-password"
          wrong={wrongIn('password')}
          value={password}
        />
        <Secret
          label={say.newPassword}
          hint={say.passwordHint}
          wrong={wrongIn('newPassword')}
          value={fresh}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button look="primary" submit waiting={waiting}>
            {say.change}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
