import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { PersonRole, PersonView } from '../../../protocol/http/people.ts';
import type { Problem } from '../../../protocol/http/problem.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Choice, Tick } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { TextField } from '../../style/text-field.tsx';
import { changeOf, formOf, wishOf } from '../person-form.ts';
import type { PersonForm } from '../person-form.ts';
import type { DeskProps } from './page.tsx';

const ROLES: readonly (readonly [PersonRole, string])[] = [
  ['owner', 'Owner'],
  ['moderator', 'Moderator'],
  ['participant', 'Participant'],
  ['observer', 'Observer'],
];

const MEANINGS: Readonly<Record<PersonRole, string>> = {
  owner: 'Does everything, here too.',
  moderator: 'Makes meetings, and runs those and the ones that name them.',
  participant: 'Joins the meetings that name them.',
  observer: 'Sees everything, changes nothing, listens to nothing.',
};

export function roleWords(role: PersonRole): string {
  return ROLES.find(([each]) => each === role)?.[1] ?? role;
}

interface PersonDialogProps extends DeskProps {
  /** Absent: somebody new. */
  readonly person: PersonView | undefined;
  readonly onClose: () => void;
  readonly onMade: (made: PersonView) => void;
}

/** Somebody's account, new or changed. */
export function PersonDialog({ desk, person, onClose, onMade }: PersonDialogProps) {
  const isSelf = person !== undefined && person.id === desk.session.who.personId;
  const form = useSignal<PersonForm>(formOf(person));
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  const save = async () => {
    busy.value = true;
    const answer = await (person
      ? desk.people.change(person.id, changeOf(form.value, isSelf))
      : desk.people.create(wishOf(form.value)));
    busy.value = false;
    if (!answer.ok) problem.value = answer.problem;
    else if (person) onClose();
    else onMade(answer.value);
  };
  return (
    <Dialog title={person ? person.name : 'Add somebody'} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) void save();
        }}
      >
        {problem.value && problem.value.field === undefined && (
          <Banner look="danger">{problem.value.detail}</Banner>
        )}
        <Names form={form} isNew={!person} problem={problem.value} />
        {!isSelf && <Rights form={form} isNew={!person} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" submit waiting={busy.value}>
            {person ? 'Save' : 'Add'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  readonly form: Signal<PersonForm>;
  readonly isNew: boolean;
}

function Names(props: FieldsProps & { readonly problem: Problem | undefined }) {
  const { form, isNew, problem } = props;
  const wrong = (field: string) => (problem?.field === field ? problem.detail : undefined);
  return (
    <>
      <TextField
        label="Name"
        autoFocus
        maxLength={64}
        hint="As the others see it."
        wrong={wrong('name')}
        value={form.value.name}
        onInput={(name) => (form.value = { ...form.value, name })}
      />
      {isNew && (
        <TextField
          label="Name they sign in with"
          maxLength={64}
          hint="An e-mail address, or any short name."
          wrong={wrong('login')}
          value={form.value.login}
          onInput={(login) => (form.value = { ...form.value, login })}
        />
      )}
    </>
  );
}

function Rights({ form, isNew }: FieldsProps) {
  return (
    <>
      <Choice
        label="Role"
        hint={MEANINGS[form.value.role]}
        value={form.value.role}
        options={ROLES}
        onChange={(role) => (form.value = { ...form.value, role })}
      />
      {!isNew && (
        <Tick
          label="May sign in"
          hint="Off: their sessions and keys end at once."
          on={!form.value.disabled}
          onChange={(on) => (form.value = { ...form.value, disabled: !on })}
        />
      )}
    </>
  );
}
