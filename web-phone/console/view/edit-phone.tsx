import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PersonView } from '../../../protocol/http/people.ts';
import type { Problem } from '../../../protocol/http/problem.ts';
import type { AccountView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';

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
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  useEffect(() => desk.people.watch(), [desk]);
  const say = words('console').phones;
  const people = desk.people.list.value ?? [];
  const complete = form.value.name.trim() !== '';
  const save = async () => {
    busy.value = true;
    const { name, extension, personId } = form.value;
    const number = extension.trim();
    const body = {
      name: name.trim(),
      personId: personId || null,
      // It can be another one, and not be taken away.
      ...(number !== '' && number !== account.extension && { extension: number }),
    };
    const answer = await desk.accounts.change(account.username, body);
    busy.value = false;
    if (answer.ok) onClose();
    else problem.value = answer.problem;
  };
  return (
    <Dialog title={say.changeTitle(account.username)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete && !busy.value) void save();
        }}
      >
        {problem.value?.field !== 'extension' && (
          <ShownProblem look="danger" problem={problem.value} />
        )}
        <Fields form={form} people={people} problem={problem.value} />
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button
            look="primary"
            submit
            waiting={busy.value}
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
  readonly problem: Problem | undefined;
}

function Fields({ form, people, problem }: FieldsProps) {
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
        wrong={
          problem?.field === 'extension'
            ? problemWords(problem, words('shared').problems)
            : undefined
        }
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
