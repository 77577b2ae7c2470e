import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { PersonRole, PersonView } from '../../../protocol/http/people.ts';
import { Button } from '../../style/button.tsx';
import { Choice, Tick } from '../../style/choice-field.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import { changeOf, formOf, wishOf } from '../person-form.ts';
import type { PersonForm } from '../person-form.ts';
import { GuardedDialog } from './guarded-dialog.tsx';
import type { DeskProps } from './page.tsx';
import { PersonPhones } from './person-phones.tsx';
import { useSending } from './use-sending.ts';
import type { Sending } from './use-sending.ts';

const ROLES: readonly PersonRole[] = ['owner', 'moderator', 'participant', 'observer'];

interface PersonDialogProps extends DeskProps {
  /** Absent: somebody new. */
  readonly person: PersonView | undefined;
  readonly onClose: () => void;
  readonly onMade: (made: PersonView) => void;
}

/** Somebody's account, new or changed. */
export function PersonDialog({ desk, person, onClose, onMade }: PersonDialogProps) {
  const say = words('console').people;
  const isSelf = person !== undefined && person.id === desk.session.who.personId;
  const form = useSignal<PersonForm>(formOf(person));
  const { problem, waiting, wrongIn, send } = useSending();
  const save = () =>
    person
      ? send(() => desk.people.change(person.id, changeOf(form.value, isSelf)), onClose)
      : send(() => desk.people.create(wishOf(form.value)), onMade);
  return (
    <GuardedDialog
      desk={desk}
      title={person ? person.name : say.add}
      dirty={JSON.stringify(form.value) !== JSON.stringify(formOf(person))}
      onClose={onClose}
    >
      {(close) => (
        <form
          class="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {!isOfForm(problem?.field) && <ShownProblem look="danger" problem={problem} />}
          <Names form={form} isNew={!person} wrongIn={wrongIn} />
          {!isSelf && <Rights form={form} isNew={!person} />}
          {person && <PersonPhones desk={desk} personId={person.id} />}
          <div class="dialog-actions">
            <Button onClick={close}>{words('shared').controls.cancel}</Button>
            <Button look="primary" submit waiting={waiting}>
              {person ? say.save : say.addVerb}
            </Button>
          </div>
        </form>
      )}
    </GuardedDialog>
  );
}

interface FieldsProps {
  readonly form: Signal<PersonForm>;
  readonly isNew: boolean;
}

function Names({ form, isNew, wrongIn }: FieldsProps & Pick<Sending, 'wrongIn'>) {
  const say = words('console').people;
  return (
    <>
      <TextField
        label={say.name}
        autoFocus
        maxLength={64}
        hint={say.nameHint}
        wrong={wrongIn('name')}
        value={form.value.name}
        onInput={(name) => (form.value = { ...form.value, name })}
      />
      {isNew && (
        <TextField
          label={say.login}
          maxLength={64}
          hint={say.loginHint}
          wrong={wrongIn('login')}
          value={form.value.login}
          onInput={(login) => (form.value = { ...form.value, login })}
        />
      )}
    </>
  );
}

function Rights({ form, isNew }: FieldsProps) {
  const say = words('console').people;
  return (
    <>
      <Choice
        label={say.roleLabel}
        hint={say.meaning[form.value.role]}
        value={form.value.role}
        options={ROLES.map((role) => [role, say.role[role]] as const)}
        onChange={(role) => (form.value = { ...form.value, role })}
      />
      {!isNew && (
        <Tick
          label={say.maySignIn}
          hint={say.maySignInHint}
          on={!form.value.disabled}
          onChange={(on) => (form.value = { ...form.value, disabled: !on })}
        />
      )}
    </>
  );
}

/** Beside which field it is told; elsewhere it stands above them. */
function isOfForm(field: string | undefined): boolean {
  return field === 'name' || field === 'login';
}
