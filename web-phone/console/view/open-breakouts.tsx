import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { Problem } from '../../../protocol/http/problem.ts';
import { request } from '../../feed/request.ts';
import { meetingPath } from '../../feed/to-http.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { TextField } from '../../style/text-field.tsx';
import {
  breakoutBody,
  MOST_ROOMS,
  TWO_ROOMS,
  withName,
  withRooms,
  wrongMinutes,
} from '../breakout-form.ts';
import type { BreakoutForm } from '../breakout-form.ts';
import type { RoomProps } from './meeting-room.tsx';

export interface OpenBreakoutsProps extends RoomProps {
  readonly onClose: () => void;
}

/** How many, how they are called, who goes where, how long. */
export function OpenBreakouts({ meeting, onClose }: OpenBreakoutsProps) {
  const form = useSignal<BreakoutForm>(TWO_ROOMS);
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  const open = async () => {
    if (busy.value || wrongMinutes(form.value) !== undefined) return;
    busy.value = true;
    const body = breakoutBody(form.value);
    const path = meetingPath(meeting.id, '/breakouts');
    const answer = await request<unknown>({ method: 'POST', path, body });
    busy.value = false;
    if (answer.ok) onClose();
    else problem.value = answer.problem;
  };
  return (
    <Dialog title="Open breakout rooms" onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        {problem.value && <Banner look="danger">{problem.value.detail}</Banner>}
        <Rooms form={form} />
        <Rules form={form} />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" submit waiting={busy.value}>
            Open
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Rooms({ form }: { readonly form: Signal<BreakoutForm> }) {
  const { names } = form.value;
  const resize = (by: number) => (form.value = withRooms(form.value, names.length + by));
  return (
    <>
      <div class="breakout-count" role="group" aria-label="Number of rooms">
        <Button label="One room less" disabled={names.length === 1} onClick={() => resize(-1)}>
          −
        </Button>
        <output aria-live="polite">
          {names.length === 1 ? '1 room' : `${names.length} rooms`}
        </output>
        <Button
          label="One room more"
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
            label={`Name of room ${index + 1}`}
            maxLength={100}
            value={name}
            onInput={(typed) => (form.value = withName(form.value, index, typed))}
          />
        ))}
      </div>
    </>
  );
}

const ASSIGN = [
  ['evenly', 'Evenly, but moderators'],
  ['given', 'By hand: I move people'],
  ['self', 'People choose'],
] as const;

function Rules({ form }: { readonly form: Signal<BreakoutForm> }) {
  const set = (part: Partial<BreakoutForm>) => (form.value = { ...form.value, ...part });
  return (
    <>
      <Choice
        label="Who goes where"
        value={form.value.assign}
        options={ASSIGN}
        onChange={(assign) => set({ assign })}
      />
      <TextField
        label="Minutes (optional)"
        numeric
        maxLength={4}
        hint="Then all come back by themselves. Without: until you call them back."
        wrong={wrongMinutes(form.value)}
        value={form.value.minutes}
        onInput={(minutes) => set({ minutes })}
      />
    </>
  );
}
