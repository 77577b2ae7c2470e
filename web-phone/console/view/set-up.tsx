import { useSignal } from '@preact/signals';
import type { Problem } from '../../../protocol/http/problem.ts';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import type { Session } from '../session.ts';
import { Secret, WayIn } from './sign-in.tsx';

/** The first start: whoever has the admin key makes an owner, once. */
export function SetUp(props: { readonly session: Session; readonly problem: Problem | undefined }) {
  const { session, problem } = props;
  const [key, name, login, password] = [useSignal(''), useSignal(''), useSignal(''), useSignal('')];
  const say = words('console').signIn;
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
      verb={say.make}
      onSend={() => session.setUp(body)}
    >
      <p class="soft">{say.owns}</p>
      <Secret label={say.key} autocomplete="current-password" hint={say.keyHint} value={key} />
      <TextField
        label={say.yourName}
        maxLength={64}
        hint={say.asSeen}
        value={name.value}
        onInput={(value) => (name.value = value)}
      />
      <TextField
        label={say.login}
        autocomplete="username"
        maxLength={64}
        hint={say.loginHint}
        value={login.value}
        onInput={(value) => (login.value = value)}
      />
      <Secret label={say.password} hint={say.passwordHint} value={password} />
    </WayIn>
  );
}
