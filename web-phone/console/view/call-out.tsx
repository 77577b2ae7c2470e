import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { Tick } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import { callBody } from '../call-form.ts';
import type { CallBody, CallForm } from '../call-form.ts';
import type { RoomProps } from './meeting-room.tsx';
import type { DeskProps } from './page.tsx';
import { useSending } from './use-sending.ts';

export interface CallOutProps extends RoomProps {
  readonly onClose: () => void;
  /** What was called, so that it can be called again. */
  readonly onCalled: (id: string, body: CallBody) => void;
}

const NOBODY: CallForm = { whom: '', name: '', asModerator: false };

/** Calls somebody into the meeting: a desk phone of the house, or a number. */
export function CallOut({ desk, meeting, onClose, onCalled }: CallOutProps) {
  const form = useSignal(NOBODY);
  const { problem, waiting, wrongIn, send } = useSending();
  useEffect(() => void desk.accounts.look(), [desk]);
  const call = async () => {
    if (form.value.whom.trim() === '') return;
    const body = callBody(form.value);
    await send(
      () => desk.call(meeting.id, body),
      ({ id }) => {
        onCalled(id, body);
        onClose();
      },
    );
  };
  const wrong = { whom: wrongIn('number') ?? wrongIn('account'), name: wrongIn('name') };
  const isOfForm = Object.values(wrong).some((each) => each !== undefined);
  const { room } = words('console');
  return (
    <Dialog title={room.callSomebody} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void call();
        }}
      >
        {!isOfForm && <ShownProblem look="danger" problem={problem} />}
        <Fields desk={desk} form={form} wrong={wrong} />
        <p class="hint">{room.call.hint}</p>
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button look="primary" icon="phone" submit waiting={waiting}>
            {room.call.verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Fields(
  props: DeskProps & {
    readonly form: Signal<CallForm>;
    readonly wrong: Readonly<Record<'whom' | 'name', string | undefined>>;
  },
) {
  const { desk, form, wrong } = props;
  const set = (part: Partial<CallForm>) => (form.value = { ...form.value, ...part });
  const said = words('console').room.call;
  const accounts = desk.accounts.list.value ?? [];
  return (
    <>
      <TextField
        {...said[desk.session.offers.callsToNumbers ? 'numbers' : 'phones']}
        autoFocus
        choices={accounts.map(({ username, name }) => ({ value: username, label: name }))}
        wrong={wrong.whom}
        value={form.value.whom}
        onInput={(whom) => set({ whom })}
      />
      <TextField
        label={said.name}
        maxLength={64}
        hint={said.nameHint}
        wrong={wrong.name}
        value={form.value.name}
        onInput={(name) => set({ name })}
      />
      <Tick
        label={said.asModerator}
        on={form.value.asModerator}
        onChange={(asModerator) => set({ asModerator })}
      />
    </>
  );
}
