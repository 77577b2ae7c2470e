import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Problem } from '../../../protocol/http/problem.ts';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import { banWish, EMPTY_BAN, isTyped, KINDS, LONGS } from '../ban-form.ts';
import type { BanForm } from '../ban-form.ts';
import { GuardedDialog } from './guarded-dialog.tsx';
import type { DeskProps } from './page.tsx';

type AddBanProps = DeskProps & { readonly onClose: () => void };

/** Bans a number, a desk phone or a person from every meeting. */
export function AddBan({ desk, onClose }: AddBanProps) {
  const form = useSignal(EMPTY_BAN);
  const say = words('console').bans;
  return (
    <GuardedDialog desk={desk} title={say.addTitle} dirty={isTyped(form.value)} onClose={onClose}>
      {(close) => <Fields desk={desk} form={form} onDone={onClose} onCancel={close} />}
    </GuardedDialog>
  );
}

interface FieldsProps extends DeskProps {
  readonly form: Signal<BanForm>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function Fields({ desk, form, onDone, onCancel }: FieldsProps) {
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  const say = words('console').bans;
  const { kind, long } = form.value;
  const set = (change: Partial<BanForm>) => (form.value = { ...form.value, ...change });
  const ban = async () => {
    const wish = banWish(form.value, Date.now());
    if (!wish || busy.value) return;
    busy.value = true;
    const answer = await desk.bans.create(wish);
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    desk.notices.done(say.banned(answer.value.name), () => void desk.bans.remove(answer.value.id));
    onDone();
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void ban();
      }}
    >
      <p class="soft">{say.addAbout}</p>
      {problem.value?.field !== kind && <ShownProblem look="danger" problem={problem.value} />}
      <Choice
        label={say.kind}
        value={kind}
        options={KINDS.map((each) => [each, say.kinds[each]] as const)}
        onChange={(chosen) => set({ kind: chosen })}
      />
      <Whom desk={desk} form={form} problem={problem.value} set={set} />
      <Choice
        label={say.long}
        value={long}
        options={LONGS.map((each) => [each, say.longs[each]] as const)}
        onChange={(chosen) => set({ long: chosen })}
      />
      <div class="dialog-actions">
        <Button onClick={onCancel}>{words('shared').controls.cancel}</Button>
        <Button
          look="danger"
          submit
          waiting={busy.value}
          disabled={!banWish(form.value, Date.now())}
        >
          {say.ban}
        </Button>
      </div>
    </form>
  );
}

interface WhomProps extends DeskProps {
  readonly form: Signal<BanForm>;
  readonly problem: Problem | undefined;
  readonly set: (change: Partial<BanForm>) => void;
}

function Whom({ desk, form, problem, set }: WhomProps) {
  const say = words('console').bans;
  useEffect(() => void desk.accounts.look(), [desk]);
  useEffect(() => void desk.people.look(), [desk]);
  const { kind, number, name, account, person } = form.value;
  const wrong =
    problem?.field === 'number' ? problemWords(problem, words('shared').problems) : undefined;
  switch (kind) {
    case 'number':
      return (
        <>
          <TextField
            label={say.number}
            type="tel"
            autoFocus
            placeholder="+49 30 901234"
            maxLength={40}
            hint={say.numberHint}
            wrong={wrong}
            value={number}
            onInput={(typed) => set({ number: typed })}
          />
          <TextField
            label={say.name}
            maxLength={60}
            hint={say.nameHint}
            value={name}
            onInput={(typed) => set({ name: typed })}
          />
        </>
      );
    case 'account': {
      const phones = desk.accounts.list.value ?? [];
      const options = phones.map((each) => [each.username, each.name] as const);
      return (
        <Choice
          label={say.kinds.account}
          value={account}
          options={[['', say.choose], ...options]}
          onChange={(chosen) => set({ account: chosen })}
        />
      );
    }
    case 'person': {
      const people = desk.people.list.value ?? [];
      const options = people.map((each) => [each.id, each.name] as const);
      return (
        <Choice
          label={say.kinds.person}
          value={person}
          options={[['', say.choose], ...options]}
          onChange={(chosen) => set({ person: chosen })}
        />
      );
    }
  }
}
