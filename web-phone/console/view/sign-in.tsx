import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import type { Session } from '../session.ts';

/** The way in: the admin key that the server printed when it first started. */
export function SignIn(props: { readonly session: Session; readonly detail: string | undefined }) {
  const key = useSignal('');
  const busy = useSignal(false);
  const signIn = async () => {
    busy.value = true;
    await props.session.signIn(key.value.trim());
    busy.value = false;
  };
  return (
    <main class="alone">
      <Brand />
      <section class="card alone-card">
        <h1>Console</h1>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy.value) void signIn();
          }}
        >
          {props.detail !== undefined && <Banner look="danger">{props.detail}</Banner>}
          <KeyField value={key} />
          <Button
            look="primary"
            size="large"
            submit
            waiting={busy.value}
            disabled={key.value.trim() === ''}
          >
            Sign in
          </Button>
        </form>
      </section>
    </main>
  );
}

function KeyField({ value }: { readonly value: Signal<string> }) {
  const id = useId();
  return (
    <div class="field">
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
      <label for={id}>Admin key</label>
      <input
        id={id}
        class="input"
        type="password"
        autocomplete="current-password"
        required
        value={value.value}
        onInput={(event) => (value.value = event.currentTarget.value)}
      />
      <p class="hint">
        Printed when the server first started, and kept in its data folder. It can also be set with{' '}
        <code>ADMIN_KEY</code>.
      </p>
    </div>
  );
}
