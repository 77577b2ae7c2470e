import { Choice } from '../../style/choice-field.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import { field } from './meeting-field.ts';
import type { MeetingFieldsProps } from './meeting-field.ts';

export const TIME_FIELDS = ['durationMinutes', 'recurrence', 'earlyEntryMinutes'] as const;
export const ENDING_FIELDS = [
  'maxMinutes',
  'endWithoutModeratorMinutes',
  'endWhenSilentMinutes',
  'endWhenEmptyMinutes',
] as const;

const REPEATS = [
  ['', 'no'],
  ['FREQ=DAILY', 'daily'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'workdays'],
  ['FREQ=WEEKLY', 'weekly'],
  ['FREQ=WEEKLY;INTERVAL=2', 'biweekly'],
  ['FREQ=MONTHLY', 'monthly'],
] as const;

/** How long it is, and how often. */
export function Times(props: MeetingFieldsProps) {
  const say = words('console').meetingForm;
  const { form } = props;
  const { recurrence } = form.value;
  const repeats = REPEATS.map(([each, name]) => [each, say.repeat[name]] as const);
  const isOwn = !REPEATS.some(([each]) => each === recurrence);
  return (
    <>
      <Choice
        label={say.repeats}
        hint={say.repeatsHint}
        value={recurrence}
        options={isOwn ? [...repeats, [recurrence, recurrence]] : repeats}
        onChange={(chosen) => (form.value = { ...form.value, recurrence: chosen })}
      />
      <div class="field-pair">
        <TextField
          label={say.duration}
          numeric
          placeholder="60"
          hint={say.durationHint}
          {...field(props, 'durationMinutes')}
        />
        <TextField
          label={say.early}
          numeric
          placeholder="0"
          hint={say.earlyHint}
          {...field(props, 'earlyEntryMinutes')}
        />
      </div>
    </>
  );
}

/** When everybody is hung up without anybody doing it. Each is announced before. */
export function Ending(props: MeetingFieldsProps) {
  const say = words('console').meetingForm;
  return (
    <>
      <div class="field-pair">
        <TextField
          label={say.longest}
          numeric
          placeholder={say.noLimit}
          hint={say.longestHint}
          {...field(props, 'maxMinutes')}
        />
        <TextField
          label={say.withoutModerator}
          numeric
          placeholder={say.noLimit}
          hint={say.withoutModeratorHint}
          {...field(props, 'endWithoutModeratorMinutes')}
        />
      </div>
      <div class="field-pair">
        <TextField
          label={say.silent}
          numeric
          placeholder={say.noLimit}
          hint={say.silentHint}
          {...field(props, 'endWhenSilentMinutes')}
        />
        <TextField
          label={say.empty}
          numeric
          placeholder={say.noLimit}
          hint={say.emptyHint}
          {...field(props, 'endWhenEmptyMinutes')}
        />
      </div>
    </>
  );
}
