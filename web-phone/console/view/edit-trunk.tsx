import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { TrunkView } from '../../../protocol/http/views.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Choice, Tick } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { TextArea } from '../../style/text-area.tsx';
import { TextField } from '../../style/text-field.tsx';
import { EMPTY_TRUNK, readTrunk, trunkFormOf } from '../trunk-form.ts';
import type { TrunkForm } from '../trunk-form.ts';
import type { DeskProps } from './page.tsx';

interface Wrong {
  readonly field?: string | undefined;
  readonly detail: string;
}

interface EditProps extends DeskProps {
  /** Absent: a new one. */
  readonly trunk: TrunkView | undefined;
  readonly onClose: () => void;
}

/** A trunk's settings, new or changed. */
export function EditTrunk({ desk, trunk, onClose }: EditProps) {
  const form = useSignal(trunk ? trunkFormOf(trunk) : EMPTY_TRUNK);
  const wrong = useSignal<Wrong | undefined>(undefined);
  const busy = useSignal(false);
  const save = async () => {
    const read = readTrunk(form.value, trunk === undefined);
    wrong.value = read.ok ? undefined : read;
    if (!read.ok || busy.value) return;
    busy.value = true;
    const answer = await (trunk
      ? desk.trunks.change(trunk.name, read.body)
      : desk.trunks.create(read.body));
    busy.value = false;
    if (answer.ok) onClose();
    else wrong.value = answer.problem;
  };
  const field = wrong.value?.field?.split('.')[0];
  return (
    <Dialog title={trunk ? `Trunk “${trunk.name}”` : 'New trunk'} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {wrong.value && !(field !== undefined && field in EMPTY_TRUNK) && (
          <Banner look="danger">{wrong.value.detail}</Banner>
        )}
        <Fields form={form} isNew={trunk === undefined} wrong={wrong.value} field={field} />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" submit waiting={busy.value}>
            {trunk ? 'Save' : 'Create'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  readonly form: Signal<TrunkForm>;
  readonly isNew: boolean;
  readonly wrong: Wrong | undefined;
  readonly field: string | undefined;
}

/** What a field shows and does. */
function text({ form, wrong, field }: FieldsProps, name: keyof TrunkForm) {
  return {
    value: String(form.value[name]),
    wrong: field === name ? wrong?.detail : undefined,
    onInput: (value: string) => (form.value = { ...form.value, [name]: value }),
  };
}

function tick({ form }: FieldsProps, name: 'register' | 'outbound' | 'trustsCallerId') {
  return {
    on: form.value[name],
    onChange: (on: boolean) => (form.value = { ...form.value, [name]: on }),
  };
}

function Fields(props: FieldsProps) {
  return (
    <>
      {props.isNew && (
        <TextField
          label="Name"
          autoFocus
          placeholder="provider"
          hint="Small letters, digits and dashes."
          {...text(props, 'name')}
        />
      )}
      <Provider {...props} />
      <CallsIn {...props} />
      <CallsOut {...props} />
    </>
  );
}

function Provider(props: FieldsProps) {
  const { form, isNew } = props;
  return (
    <>
      <div class="field-pair">
        <TextField
          label="Server"
          placeholder="sip.example.org:5060"
          hint="Your provider’s host and port."
          {...text(props, 'server')}
        />
        <Choice
          label="Transport"
          value={form.value.transport}
          options={[
            ['udp', 'UDP'],
            ['tcp', 'TCP'],
            ['tls', 'TLS'],
          ]}
          onChange={(transport) => (form.value = { ...form.value, transport })}
        />
      </div>
      <div class="field-pair">
        <TextField
          label="User name (optional)"
          hint="For signing in."
          {...text(props, 'username')}
        />
        <TextField
          label="Password"
          type="password"
          hint={isNew ? 'Never shown again.' : 'Empty: as it is.'}
          {...text(props, 'password')}
        />
      </div>
      <Tick
        label="Register with the provider"
        hint="So that it knows where we are. Most providers with a user name want it."
        {...tick(props, 'register')}
      />
    </>
  );
}

function CallsIn(props: FieldsProps) {
  return (
    <>
      <TextField
        label="Its calls come from"
        placeholder="192.0.2.0/24"
        hint="Addresses or networks. Only these are believed; none are needed where we register."
        {...text(props, 'addresses')}
      />
      <TextArea
        label="Numbers that reach us"
        rows={3}
        placeholder={'+4930901234 Berlin, de'}
        hint="One a line: the number, what it is called, and the language callers hear, en or de."
        {...text(props, 'numbers')}
      />
      <Tick
        label="Believe the callers’ numbers that it tells"
        hint="Off: whoever calls by it is shown without a number, and bans know them less well."
        {...tick(props, 'trustsCallerId')}
      />
    </>
  );
}

function CallsOut(props: FieldsProps) {
  return (
    <>
      <Tick label="Meetings may call out by it" {...tick(props, 'outbound')} />
      <TextField
        label="Number shown to those we call (optional)"
        type="tel"
        placeholder="+4930901234"
        {...text(props, 'callerId')}
      />
    </>
  );
}
