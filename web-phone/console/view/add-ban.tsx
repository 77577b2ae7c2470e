import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import { banWish, EMPTY_BAN, isTyped, KINDS, LONGS } from '../ban-form.ts';
import type { BanForm } from '../ban-form.ts';
import { lift } from '../remove-person.ts';
import { GuardedDialog } from './guarded-dialog.tsx';
import type { DeskProps } from './page.tsx';
import { useSending } from './use-sending.ts';

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
  const { problem, waiting, wrongIn, send } = useSending();
  const say = words('console').bans;
  const { kind, long } = form.value;
  const set = (change: Partial<BanForm>) => (form.value = { ...form.value, ...change });
  const ban = async () => {
    const wish = banWish(form.value, Date.now());
    if (!wish) return;
    await send(
      () => desk.bans.create(wish),
      (made) => {
        desk.notices.done(say.banned(made.name), () => void lift(desk, desk.bans, made));
        onDone();
      },
    );
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
      {problem?.field !== 'number' && <ShownProblem look="danger" problem={problem} />}
      <Choice
        label={say.kind}
        value={kind}
        options={KINDS.map((each) => [each, say.kinds[each]] as const)}
        onChange={(chosen) => set({ kind: chosen })}
      />
      <Whom desk={desk} form={form} wrong={wrongIn('number')} set={set} />
      <Choice
        label={say.long}
        value={long}
        options={LONGS.map((each) => [each, say.longs[each]] as const)}
        onChange={(chosen) => set({ long: chosen })}
      />
      <div class="dialog-actions">
        <Button onClick={onCancel}>{words('shared').controls.cancel}</Button>
        <Button look="danger" submit waiting={waiting} disabled={!banWish(form.value, Date.now())}>
          {say.ban}
        </Button>
      </div>
    </form>
  );
}

interface WhomProps extends DeskProps {
  readonly form: Signal<BanForm>;
  /** What the server finds wrong with the number. */
  readonly wrong: string | undefined;
  readonly set: (change: Partial<BanForm>) => void;
}

function Whom({ desk, form, wrong, set }: WhomProps) {
  const say = words('console').bans;
  useEffect(() => void desk.accounts.look(), [desk]);
  useEffect(() => void desk.people.look(), [desk]);
  const { kind, number, name, account, person } = form.value;
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
