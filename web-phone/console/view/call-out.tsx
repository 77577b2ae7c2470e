import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Problem } from '../../../protocol/http/problem.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Tick } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import { callBody } from '../call-form.ts';
import type { CallBody, CallForm } from '../call-form.ts';
import type { RoomProps } from './meeting-room.tsx';
import type { DeskProps } from './page.tsx';

export interface CallOutProps extends RoomProps {
  readonly onClose: () => void;
  /** What was called, so that it can be called again. */
  readonly onCalled: (id: string, body: CallBody) => void;
}

const NOBODY: CallForm = { whom: '', name: '', asModerator: false };

/** Calls somebody into the meeting: a desk phone of the house, or a number. */
export function CallOut({ desk, meeting, onClose, onCalled }: CallOutProps) {
  const form = useSignal(NOBODY);
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  useEffect(() => void desk.accounts.look(), [desk]);
  const call = async () => {
    if (busy.value || form.value.whom.trim() === '') return;
    busy.value = true;
    const body = callBody(form.value);
    const answer = await desk.call(meeting.id, body);
    busy.value = false;
    if (!answer.ok) {
      problem.value = answer.problem;
      return;
    }
    onCalled(answer.value.id, body);
    onClose();
  };
  const field = fieldOf(problem.value);
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
        {problem.value && field === undefined && (
          <Banner look="danger">{problem.value.detail}</Banner>
        )}
        <Fields desk={desk} form={form} wrong={problem.value?.detail} field={field} />
        <p class="hint">{room.call.hint}</p>
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button look="primary" icon="phone" submit waiting={busy.value}>
            {room.call.verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The field of the form that a problem is about. */
function fieldOf(problem: Problem | undefined): 'whom' | 'name' | undefined {
  switch (problem?.field) {
    case 'number':
    case 'account':
      return 'whom';
    case 'name':
      return 'name';
    default:
      return undefined;
  }
}

function Fields(
  props: DeskProps & {
    readonly form: Signal<CallForm>;
    readonly wrong: string | undefined;
    readonly field: 'whom' | 'name' | undefined;
  },
) {
  const { desk, form, wrong, field } = props;
  const set = (part: Partial<CallForm>) => (form.value = { ...form.value, ...part });
  const said = words('console').room.call;
  const accounts = desk.accounts.list.value ?? [];
  return (
    <>
      <TextField
        {...said[desk.session.offers.callsToNumbers ? 'numbers' : 'phones']}
        autoFocus
        choices={accounts.map(({ username, name }) => ({ value: username, label: name }))}
        wrong={field === 'whom' ? wrong : undefined}
        value={form.value.whom}
        onInput={(whom) => set({ whom })}
      />
      <TextField
        label={said.name}
        maxLength={64}
        hint={said.nameHint}
        wrong={field === 'name' ? wrong : undefined}
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
