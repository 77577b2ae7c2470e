import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { request } from '../../feed/request.ts';
import { meetingPath } from '../../feed/to-http.ts';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import {
  breakoutBody,
  MOST_ROOMS,
  twoRooms,
  withName,
  withRooms,
  isWrongMinutes,
} from '../breakout-form.ts';
import type { BreakoutForm } from '../breakout-form.ts';
import type { RoomProps } from './meeting-room.tsx';
import { useSending } from './use-sending.ts';

export interface OpenBreakoutsProps extends RoomProps {
  readonly onClose: () => void;
}

/** How many, how they are called, who goes where, how long. */
export function OpenBreakouts({ meeting, onClose }: OpenBreakoutsProps) {
  const form = useSignal<BreakoutForm>(twoRooms(words('console').breakoutRooms));
  const { problem, waiting, send } = useSending();
  const open = async () => {
    if (isWrongMinutes(form.value)) return;
    const body = breakoutBody(form.value, words('console').breakoutRooms);
    const path = meetingPath(meeting.id, '/breakouts');
    await send(() => request<unknown>({ method: 'POST', path, body }), onClose);
  };
  return (
    <Dialog title={words('console').breakoutRooms.open} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <ShownProblem look="danger" problem={problem} />
        <Rooms form={form} />
        <Rules form={form} />
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button look="primary" submit waiting={waiting}>
            {words('console').breakoutRooms.openVerb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Rooms({ form }: { readonly form: Signal<BreakoutForm> }) {
  const { names } = form.value;
  const { breakoutRooms } = words('console');
  const resize = (by: number) =>
    (form.value = withRooms(form.value, names.length + by, breakoutRooms));
  return (
    <>
      <div class="breakout-count" role="group" aria-label={breakoutRooms.number}>
        <Button label={breakoutRooms.less} disabled={names.length === 1} onClick={() => resize(-1)}>
          −
        </Button>
        <output aria-live="polite">{breakoutRooms.rooms(names.length)}</output>
        <Button
          label={breakoutRooms.more}
          disabled={names.length === MOST_ROOMS}
          onClick={() => resize(1)}
        >
          +
        </Button>
      </div>
      <div class="breakout-names">
        {names.map((name, index) => (
          <TextField
            key={index}
            label={breakoutRooms.nameOf(index + 1)}
            maxLength={100}
            value={name}
            onInput={(typed) => (form.value = withName(form.value, index, typed))}
          />
        ))}
      </div>
    </>
  );
}

const ASSIGN = ['evenly', 'given', 'self'] as const;

function Rules({ form }: { readonly form: Signal<BreakoutForm> }) {
  const { breakoutRooms } = words('console');
  const set = (part: Partial<BreakoutForm>) => (form.value = { ...form.value, ...part });
  return (
    <>
      <Choice
        label={breakoutRooms.who}
        value={form.value.assign}
        options={ASSIGN.map((each) => [each, breakoutRooms.assign[each]] as const)}
        onChange={(assign) => set({ assign })}
      />
      <TextField
        label={breakoutRooms.minutes}
        numeric
        maxLength={4}
        hint={breakoutRooms.minutesHint}
        wrong={isWrongMinutes(form.value) ? breakoutRooms.wrongMinutes : undefined}
        value={form.value.minutes}
        onInput={(minutes) => set({ minutes })}
      />
    </>
  );
}
