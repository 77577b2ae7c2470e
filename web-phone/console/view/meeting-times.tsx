import { Choice } from '../../style/choice-field.tsx';
import { TextField } from '../../style/text-field.tsx';
import { field } from './meeting-field.ts';
import type { MeetingFieldsProps } from './meeting-field.ts';

export const TIME_FIELDS = ['durationMinutes', 'recurrence', 'earlyEntryMinutes'] as const;
export const ENDING_FIELDS = [
  'maxMinutes',
  'endWithoutModeratorMinutes',
  'endWhenSilentMinutes',
  'endWhenEmptyMinutes',
] as const;

const REPEATS: readonly (readonly [recurrence: string, words: string])[] = [
  ['', 'no'],
  ['FREQ=DAILY', 'every day'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Monday to Friday'],
  ['FREQ=WEEKLY', 'every week'],
  ['FREQ=WEEKLY;INTERVAL=2', 'every two weeks'],
  ['FREQ=MONTHLY', 'on this day of each month'],
];

/** How long it is, and how often. */
export function Times(props: MeetingFieldsProps) {
  const { form } = props;
  const { recurrence } = form.value;
  const isOwn = !REPEATS.some(([each]) => each === recurrence);
  return (
    <>
      <Choice
        label="Repeats"
        hint="The hour stays the same when the clocks change."
        value={recurrence}
        options={isOwn ? [...REPEATS, [recurrence, recurrence]] : REPEATS}
        onChange={(chosen) => (form.value = { ...form.value, recurrence: chosen })}
      />
      <div class="field-pair">
        <TextField
          label="Minutes it takes (optional)"
          numeric
          placeholder="60"
          hint="As invitations say it. Nobody is put out then."
          {...field(props, 'durationMinutes')}
        />
        <TextField
          label="Minutes early (optional)"
          numeric
          placeholder="0"
          hint="So long before the start people come in."
          {...field(props, 'earlyEntryMinutes')}
        />
      </div>
    </>
  );
}

/** When everybody is hung up without anybody doing it. Each is announced before. */
export function Ending(props: MeetingFieldsProps) {
  return (
    <>
      <div class="field-pair">
        <TextField
          label="Longest, in minutes (optional)"
          numeric
          placeholder="no limit"
          hint="Announced 5 minutes and 1 minute before."
          {...field(props, 'maxMinutes')}
        />
        <TextField
          label="Without a moderator (optional)"
          numeric
          placeholder="no limit"
          hint="So many minutes after the last one left, unless one returns."
          {...field(props, 'endWithoutModeratorMinutes')}
        />
      </div>
      <div class="field-pair">
        <TextField
          label="Without a word (optional)"
          numeric
          placeholder="no limit"
          hint="When nobody has spoken for so many minutes."
          {...field(props, 'endWhenSilentMinutes')}
        />
        <TextField
          label="Empty (optional)"
          numeric
          placeholder="no limit"
          hint="So many minutes after everybody left it is over for this time."
          {...field(props, 'endWhenEmptyMinutes')}
        />
      </div>
    </>
  );
}
