import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Problem } from '../../../protocol/http/problem.ts';
import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { TextField } from '../../style/text-field.tsx';
import type { Session, SessionState } from '../session.ts';
import { turnedBack } from '../turned-back.ts';
import { SetUp } from './set-up.tsx';

type Out = Extract<SessionState, { kind: 'out' }>;
type Way = 'password' | 'key' | 'setup';

export interface SignInProps {
  readonly session: Session;
  readonly out: Out;
}

/** The ways in: name and password, the identity provider, or the admin key. */
export function SignIn({ session, out }: SignInProps) {
  const chosen = useSignal<Way | undefined>(undefined);
  const way = chosen.value ?? (out.ways.setup ? 'key' : 'password');
  return (
    <main class="alone">
      <Brand />
      <section class="card alone-card">
        <h1>{way === 'setup' ? 'The first account' : 'Console'}</h1>
        {way === 'setup' && <SetUp session={session} problem={out.problem} />}
        {way === 'password' && <ByPassword session={session} out={out} />}
        {way === 'key' && <ByKey session={session} problem={out.problem} />}
        <OtherWays way={way} ways={out.ways} onChoose={(other) => (chosen.value = other)} />
      </section>
    </main>
  );
}

function OtherWays(props: {
  readonly way: Way;
  readonly ways: Out['ways'];
  readonly onChoose: (way: Way) => void;
}) {
  const { way, ways, onChoose } = props;
  return (
    <div class="other-ways">
      {ways.provider !== undefined && way !== 'setup' && (
        <a class="button button-plain" href="/oidc/sign-in">
          Sign in with {ways.provider}
        </a>
      )}
      {way !== 'key' && <Button onClick={() => onChoose('key')}>Use the admin key</Button>}
      {way === 'key' && ways.setup && (
        <Button onClick={() => onChoose('setup')}>Make the first account</Button>
      )}
      {way === 'key' && !ways.setup && (
        <Button onClick={() => onChoose('password')}>Use name and password</Button>
      )}
    </div>
  );
}

/** A form that says what is wrong, and waits for its answer. */
export function WayIn(props: {
  readonly problem: Problem | undefined;
  readonly complete: boolean;
  readonly verb: string;
  readonly onSend: () => Promise<void>;
  readonly children: ComponentChildren;
}) {
  const { problem, complete, verb, onSend, children } = props;
  const busy = useSignal(false);
  const send = async () => {
    busy.value = true;
    await onSend();
    busy.value = false;
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && !busy.value) void send();
      }}
    >
      {problem && <Banner look="danger">{problem.detail}</Banner>}
      {children}
      <Button look="primary" size="large" submit waiting={busy.value} disabled={!complete}>
        {verb}
      </Button>
    </form>
  );
}

function ByPassword({ session, out: { problem } }: SignInProps) {
  const login = useSignal('');
  const password = useSignal('');
  const fresh = useSignal('');
  // Asked for once the server said so: the password was good for one time.
  const replaces = problem?.field === 'newPassword';
  const typed = { login: login.value.trim(), password: password.value };
  const body = replaces ? { ...typed, newPassword: fresh.value } : typed;
  const back = turnedBack(location.search);
  return (
    <WayIn
      problem={problem}
      complete={Object.values(body).every((each) => each !== '')}
      verb="Sign in"
      onSend={() => session.signIn(body)}
    >
      {!problem && back !== undefined && <Banner look="warning">{back}</Banner>}
      <TextField
        label="Name you sign in with"
        autocomplete="username"
        autoFocus
        value={login.value}
        onInput={(value) => (login.value = value)}
      />
      <Secret label="Password" autocomplete="current-password" value={password} />
      {replaces && <Secret label="New password" hint={PASSWORD_HINT} value={fresh} />}
    </WayIn>
  );
}

function ByKey({ session, problem }: { session: Session; problem: Problem | undefined }) {
  const key = useSignal('');
  return (
    <WayIn
      problem={problem}
      complete={key.value.trim() !== ''}
      verb="Sign in"
      onSend={() => session.signIn({ key: key.value.trim() })}
    >
      {/* Password keepers store a key only beside a name. */}
      <input
        class="hidden"
        type="text"
        autocomplete="username"
        value="admin"
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <Secret label="Admin key" autocomplete="current-password" hint={KEY_HINT} value={key} />
    </WayIn>
  );
}

export const KEY_HINT =
  'Printed when the server first started, and kept in its data folder. ADMIN_KEY sets another.';
export const PASSWORD_HINT = '12 characters or more; a few words are good.';

export function Secret(props: {
  readonly label: string;
  readonly value: Signal<string>;
  readonly hint?: string;
  readonly autocomplete?: 'current-password' | 'new-password';
  readonly wrong?: string | undefined;
}) {
  const { value, ...rest } = props;
  return (
    <TextField
      {...rest}
      type="password"
      value={value.value}
      onInput={(typed) => (value.value = typed)}
    />
  );
}
