import { useSignal } from '@preact/signals';
import type { Problem } from '../../../protocol/http/problem.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import type { DeskProps } from './page.tsx';
import { PASSWORD_HINT, Secret } from './sign-in.tsx';

/** One's own password; every other session ends. */
export function ChangePassword({ desk, onClose }: DeskProps & { readonly onClose: () => void }) {
  const password = useSignal('');
  const fresh = useSignal('');
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  const wrong = (field: string) =>
    problem.value?.field === field ? problem.value.detail : undefined;
  const save = async () => {
    busy.value = true;
    const body = { password: password.value, newPassword: fresh.value };
    const answer = await desk.session.changePassword(body);
    busy.value = false;
    if (!answer.ok) {
      problem.value = answer.problem;
      return;
    }
    desk.notices.done('Your password is changed. You are signed out everywhere else.');
    void desk.sessions.look();
    onClose();
  };
  return (
    <Dialog title="Change your password" onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) void save();
        }}
      >
        {problem.value && problem.value.field === undefined && (
          <Banner look="danger">{problem.value.detail}</Banner>
        )}
        <Secret
          label="Password you have now"
          autocomplete="current-password"
          wrong={wrong('password')}
          value={password}
        />
        <Secret
          label="New password"
          hint={PASSWORD_HINT}
          wrong={wrong('newPassword')}
          value={fresh}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" submit waiting={busy.value}>
            Change
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
