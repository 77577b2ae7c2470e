import { useSignal } from '@preact/signals';
import type { Problem } from '../../../protocol/http/problem.ts';
import { TextField } from '../../style/text-field.tsx';
import type { Session } from '../session.ts';
import { KEY_HINT, PASSWORD_HINT, Secret, WayIn } from './sign-in.tsx';

/** The first start: whoever has the admin key makes an owner, once. */
export function SetUp(props: { readonly session: Session; readonly problem: Problem | undefined }) {
  const { session, problem } = props;
  const [key, name, login, password] = [useSignal(''), useSignal(''), useSignal(''), useSignal('')];
  const body = {
    key: key.value.trim(),
    name: name.value.trim(),
    login: login.value.trim().toLowerCase(),
    password: password.value,
  };
  return (
    <WayIn
      problem={problem}
      complete={Object.values(body).every((each) => each !== '')}
      verb="Make the account"
      onSend={() => session.setUp(body)}
    >
      <p class="soft">It owns this server. You make everybody else’s accounts afterwards.</p>
      <Secret label="Admin key" autocomplete="current-password" hint={KEY_HINT} value={key} />
      <TextField
        label="Your name"
        maxLength={64}
        hint="As the others see it."
        value={name.value}
        onInput={(value) => (name.value = value)}
      />
      <TextField
        label="Name you sign in with"
        autocomplete="username"
        maxLength={64}
        hint="An e-mail address, or any short name."
        value={login.value}
        onInput={(value) => (login.value = value)}
      />
      <Secret label="Password" hint={PASSWORD_HINT} value={password} />
    </WayIn>
  );
}
