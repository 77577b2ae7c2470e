import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PersonView } from '../../../protocol/http/people.ts';
import type { AccountView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';
import { useSending } from './use-sending.ts';

interface EditProps extends DeskProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** A phone's name, its extension, and whose it is. */
export function EditPhone({ desk, account, onClose }: EditProps) {
  const form = useSignal({
    name: account.name,
    extension: account.extension ?? '',
    personId: account.personId ?? '',
  });
  const { problem, waiting, wrongIn, send } = useSending();
  useEffect(() => desk.people.watch(), [desk]);
  const say = words('console').phones;
  const people = desk.people.list.value ?? [];
  const complete = form.value.name.trim() !== '';
  const save = () => {
    const { name, extension, personId } = form.value;
    const number = extension.trim();
    const body = {
      name: name.trim(),
      personId: personId || null,
      // It can be another one, and not be taken away.
      ...(number !== '' && number !== account.extension && { extension: number }),
    };
    return send(() => desk.accounts.change(account.username, body), onClose);
  };
  return (
    <Dialog title={say.changeTitle(account.username)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) void save();
        }}
      >
        {problem?.field !== 'extension' && <ShownProblem look="danger" problem={problem} />}
        <Fields form={form} people={people} wrong={wrongIn('extension')} />
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button
            look="primary"
            submit
            waiting={waiting}
            disabled={!complete || desk.people.list.value === undefined}
          >
            {say.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  readonly form: Signal<{
    readonly name: string;
    readonly extension: string;
    /** Empty: nobody's. */
    readonly personId: string;
  }>;
  readonly people: readonly PersonView[];
  /** What the server finds wrong with the extension. */
  readonly wrong: string | undefined;
}

function Fields({ form, people, wrong }: FieldsProps) {
  const say = words('console').phones;
  return (
    <>
      <TextField
        label={say.name}
        autoFocus
        maxLength={60}
        hint={say.nameHint}
        value={form.value.name}
        onInput={(name) => (form.value = { ...form.value, name })}
      />
      <TextField
        label={say.extension}
        numeric
        maxLength={6}
        hint={say.extensionHint}
        wrong={wrong}
        value={form.value.extension}
        onInput={(extension) => (form.value = { ...form.value, extension })}
      />
      <Choice
        label={say.person}
        hint={say.personHint}
        value={form.value.personId}
        options={[
          ['', say.nobody],
          ...people.map(({ id, name: known }): readonly [string, string] => [id, known]),
        ]}
        onChange={(personId) => (form.value = { ...form.value, personId })}
      />
    </>
  );
}
