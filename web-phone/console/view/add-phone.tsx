import { useSignal } from '@preact/signals';
import type { Problem } from '../../../protocol/http/problem.ts';
import type { AccountView } from '../../../protocol/http/views.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Copy } from '../../style/copy.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { TextField } from '../../style/text-field.tsx';
import { phoneSettings, transports } from '../ways-in.ts';
import type { DeskProps } from './page.tsx';

type AddProps = DeskProps & { readonly onClose: () => void };

/** Makes an account, then shows once what to type into the phone. */
export function AddPhone({ desk, onClose }: AddProps) {
  const made = useSignal<AccountView | undefined>(undefined);
  if (made.value) return <Settings account={made.value} onClose={onClose} />;
  return <Form desk={desk} onClose={onClose} onMade={(account) => (made.value = account)} />;
}

type FormProps = AddProps & { readonly onMade: (account: AccountView) => void };

function Form({ desk, onClose, onMade }: FormProps) {
  const name = useSignal('');
  const username = useSignal('');
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  const wrongIn = (field: string) =>
    problem.value?.field === field ? problem.value.detail : undefined;
  const typed = () => ({ username: username.value.trim(), name: name.value.trim() });
  const create = async () => {
    busy.value = true;
    const answer = await desk.accounts.create(typed());
    busy.value = false;
    if (answer.ok) onMade(answer.value);
    else problem.value = answer.problem;
  };
  const complete = Object.values(typed()).every((each) => each !== '');
  return (
    <Dialog title="Add a phone" onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete && !busy.value) void create();
        }}
      >
        {problem.value && problem.value.field === undefined && (
          <Banner look="danger">{problem.value.detail}</Banner>
        )}
        <TextField
          label="Whose phone, or where"
          autoFocus
          placeholder="Reception"
          maxLength={60}
          hint="Shown in meetings."
          wrong={wrongIn('name')}
          value={name.value}
          onInput={(value) => (name.value = value)}
        />
        <TextField
          label="User name"
          placeholder="reception or 201"
          maxLength={32}
          hint="Letters, digits, dots and dashes. The phone signs in with it."
          wrong={wrongIn('username')}
          value={username.value}
          onInput={(value) => (username.value = value)}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" submit waiting={busy.value} disabled={!complete}>
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Settings(props: { readonly account: AccountView; readonly onClose: () => void }) {
  const { account, onClose } = props;
  return (
    <Dialog title="Type this into the phone" onClose={onClose}>
      <Banner look="info">
        The password is shown only now. If it is lost, delete the account and make a new one.
      </Banner>
      <dl class="ways">
        <Setting label="SIP server" value={account.server.address} />
        <Setting label="User name" value={account.username} />
        <Setting label="Password" value={account.password ?? ''} />
      </dl>
      <p class="hint">Transport: {transports(account.server)}, whichever the phone prefers.</p>
      <div class="dialog-actions">
        <Copy text={phoneSettings(account)} what="settings" words="Copy settings" />
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

function Setting({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div class="way">
      <dt>{label}</dt>
      <dd>
        <span class="way-value number">{value}</span>
        <Copy text={value} what={label.toLowerCase()} />
      </dd>
    </div>
  );
}
