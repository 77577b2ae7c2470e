import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { words } from '../../words/words.ts';
import type { SessionState } from '../session.ts';
import type { DeskProps } from './page.tsx';
import { WaysToSignIn } from './sign-in.tsx';

/** Over the page of somebody whose session has ended: what they typed is there when they are in again. */
export function SignInAgain(
  props: DeskProps & { readonly out: Extract<SessionState, { kind: 'again' }> },
) {
  const { desk, out } = props;
  const say = words('console').signIn;
  return (
    <Dialog title={say.againTitle}>
      <p>{say.again}</p>
      <WaysToSignIn session={desk.session} out={out} />
      <div class="dialog-actions">
        <Button look="quiet" onClick={() => void desk.session.signOut()}>
          {words('console').frame.signOut}
        </Button>
      </div>
    </Dialog>
  );
}
