import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Problem } from '../../../protocol/http/problem.ts';
import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { TextField } from '../../style/text-field.tsx';
import { LanguageChoice } from '../../style/language-choice.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { words } from '../../words/words.ts';
import type { Session, SessionState } from '../session.ts';
import { turnedBack } from '../turned-back.ts';
import { SetUp } from './set-up.tsx';

type Out = Extract<SessionState, { kind: 'out' | 'again' }>;
type Way = 'password' | 'key' | 'setup';

export interface SignInProps {
  readonly session: Session;
  readonly out: Out;
}

/** The door, for whoever is not in. */
export function SignIn({ session, out }: SignInProps) {
  return (
    <main class="alone">
      <Brand />
      <section class="card alone-card">
        <WaysToSignIn session={session} out={out} heading />
      </section>
      <LanguageChoice look="corner" />
    </main>
  );
}

/** The ways in: name and password, the identity provider, or the admin key. */
export function WaysToSignIn(props: SignInProps & { readonly heading?: boolean }) {
  const { session, out, heading = false } = props;
  const say = words('console').signIn;
  const chosen = useSignal<Way | undefined>(undefined);
  const way = chosen.value ?? firstWay(out);
  return (
    <>
      {heading && <h1>{way === 'setup' ? say.firstAccount : say.console}</h1>}
      {way === 'setup' && <SetUp session={session} problem={out.problem} />}
      {way === 'password' && <ByPassword session={session} out={out} />}
      {way === 'key' && <ByKey session={session} problem={out.problem} />}
      <OtherWays way={way} ways={out.ways} onChoose={(other) => (chosen.value = other)} />
    </>
  );
}

/** As they came in before, or as one can. */
function firstWay(out: Out): Way {
  const byKey = out.kind === 'again' ? out.who.personId === undefined : out.ways.setup;
  return byKey ? 'key' : 'password';
}

function OtherWays(props: {
  readonly way: Way;
  readonly ways: Out['ways'];
  readonly onChoose: (way: Way) => void;
}) {
  const { way, ways, onChoose } = props;
  const say = words('console').signIn;
  return (
    <div class="other-ways">
      {ways.provider !== undefined && way !== 'setup' && (
        <a class="button button-plain" href="/oidc/sign-in">
          {say.provider(ways.provider)}
        </a>
      )}
      {way !== 'key' && <Button onClick={() => onChoose('key')}>{say.useKey}</Button>}
      {way === 'key' && ways.setup && (
        <Button onClick={() => onChoose('setup')}>{say.makeFirst}</Button>
      )}
      {way === 'key' && !ways.setup && (
        <Button onClick={() => onChoose('password')}>{say.usePassword}</Button>
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
      <ShownProblem look="danger" problem={problem} />
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
  const say = words('console').signIn;
  const back = turnedBack(location.search);
  return (
    <WayIn
      problem={problem}
      complete={Object.values(body).every((each) => each !== '')}
      verb={say.signIn}
      onSend={() => session.signIn(body)}
    >
      {!problem && back !== undefined && <Banner look="warning">{say.back[back]}</Banner>}
      <TextField
        label={say.login}
        autocomplete="username"
        autoFocus
        value={login.value}
        onInput={(value) => (login.value = value)}
      />
      <Secret label={say.password} autocomplete="current-password" value={password} />
      {replaces && <Secret label={say.newPassword} hint={say.passwordHint} value={fresh} />}
    </WayIn>
  );
}

function ByKey({ session, problem }: { session: Session; problem: Problem | undefined }) {
  const key = useSignal('');
  const say = words('console').signIn;
  return (
    <WayIn
      problem={problem}
      complete={key.value.trim() !== ''}
      verb={say.signIn}
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
      <Secret label={say.key} autocomplete="current-password" hint={say.keyHint} value={key} />
    </WayIn>
  );
}

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
