import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { TrunkView } from '../../../protocol/http/views.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Choice, Tick } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { TextArea } from '../../style/text-area.tsx';
import { TextField } from '../../style/text-field.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
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
    const read = readTrunk(form.value, trunk === undefined, words('console').trunks);
    wrong.value = read.ok ? undefined : read;
    if (!read.ok || busy.value) return;
    busy.value = true;
    const answer = await (trunk
      ? desk.trunks.change(trunk.name, read.body)
      : desk.trunks.create(read.body));
    busy.value = false;
    if (answer.ok) onClose();
    else
      wrong.value = {
        field: answer.problem.field,
        detail: problemWords(answer.problem, words('shared').problems),
      };
  };
  const field = wrong.value?.field?.split('.')[0];
  const say = words('console').trunks;
  return (
    <Dialog title={trunk ? say.editTitle(trunk.name) : say.newTitle} onClose={onClose}>
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
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button look="primary" submit waiting={busy.value}>
            {trunk ? say.save : say.create}
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
  const say = words('console').trunks;
  return (
    <>
      {props.isNew && (
        <TextField
          label={say.name}
          autoFocus
          placeholder="provider"
          hint={say.nameHint}
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
  const say = words('console').trunks;
  const { form, isNew } = props;
  return (
    <>
      <div class="field-pair">
        <TextField
          label={say.server}
          placeholder="sip.example.org:5060"
          hint={say.serverHint}
          {...text(props, 'server')}
        />
        <Choice
          label={say.transport}
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
        <TextField label={say.username} hint={say.usernameHint} {...text(props, 'username')} />
        <TextField
          label={say.password}
          type="password"
          hint={isNew ? say.passwordNew : say.passwordOld}
          {...text(props, 'password')}
        />
      </div>
      <Tick label={say.register} hint={say.registerHint} {...tick(props, 'register')} />
    </>
  );
}

function CallsIn(props: FieldsProps) {
  const say = words('console').trunks;
  return (
    <>
      <TextField
        label={say.addresses}
        placeholder="192.0.2.0/24"
        hint={say.addressesHint}
        {...text(props, 'addresses')}
      />
      <TextArea
        label={say.numbers}
        rows={3}
        placeholder={'+4930901234 Berlin, de'}
        hint={say.numbersHint}
        {...text(props, 'numbers')}
      />
      <Tick label={say.trusts} hint={say.trustsHint} {...tick(props, 'trustsCallerId')} />
    </>
  );
}

function CallsOut(props: FieldsProps) {
  const say = words('console').trunks;
  return (
    <>
      <Tick label={say.outbound} {...tick(props, 'outbound')} />
      <TextField
        label={say.callerId}
        type="tel"
        placeholder="+4930901234"
        {...text(props, 'callerId')}
      />
    </>
  );
}
