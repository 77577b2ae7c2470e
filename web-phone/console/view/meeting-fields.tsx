import type { ComponentChildren } from 'preact';
import { Choice, Tick } from '../../style/choice-field.tsx';
import { TextField } from '../../style/text-field.tsx';
import { zoneName } from '../../style/local-time.ts';
import { field, tick } from './meeting-field.ts';
import type { MeetingFieldsProps } from './meeting-field.ts';
import { ENDING_FIELDS, Ending, TIME_FIELDS, Times } from './meeting-times.tsx';
import type { MeetingForm } from '../meeting-form.ts';

/** A name is enough; the rest is for those who want it, group by group. */
export function MeetingFields(props: MeetingFieldsProps) {
  return (
    <>
      <Basics {...props} />
      <Group title="Length and repeats" open={isIn(props, TIME_FIELDS)}>
        <Times {...props} />
      </Group>
      <Group title="Coming in" open={isIn(props, ['maxParticipants', 'extension'])}>
        <ComingIn {...props} />
      </Group>
      <Group title="Speaking">
        <Speaking {...props} />
      </Group>
      <Group title="Language and sounds" open={isIn(props, ['entrySoundsUpTo'])}>
        <Sounds {...props} />
      </Group>
      <Group title="Ending" open={isIn(props, ENDING_FIELDS)}>
        <Ending {...props} />
      </Group>
    </>
  );
}

/** A group whose fields are in need of mending opens. */
function isIn({ wrong }: MeetingFieldsProps, fields: readonly (keyof MeetingForm)[]): boolean {
  return fields.some((field) => field === wrong?.field);
}

function Group(props: {
  readonly title: string;
  readonly open?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <details class="group" open={props.open}>
      <summary>{props.title}</summary>
      <div class="stack">{props.children}</div>
    </details>
  );
}

function Basics(props: MeetingFieldsProps) {
  return (
    <>
      <TextField
        label="Name"
        autoFocus
        maxLength={80}
        placeholder="Monday round"
        hint="Those invited see it."
        {...field(props, 'name')}
      />
      <TextField
        label="Starts at (optional)"
        type="datetime-local"
        hint={`Time of ${zoneName()}. Until then people wait with music, unless a moderator opens the meeting. Empty: it is open.`}
        {...field(props, 'startsAt')}
      />
    </>
  );
}

function ComingIn(props: MeetingFieldsProps) {
  return (
    <>
      <Tick
        label="Let people in one by one"
        hint="They wait in a lobby until a moderator admits them. Moderators walk in."
        {...tick(props, 'lobby')}
      />
      <Tick
        label="Wait for a moderator"
        hint="Until one is there, people wait with music."
        {...tick(props, 'waitForModerator')}
      />
      <Tick
        label="Ask callers for their name"
        hint="Callers whom nobody knows say it, and it is heard as they come in."
        {...tick(props, 'askName')}
      />
      <div class="field-pair">
        <TextField
          label="Extension (optional)"
          numeric
          placeholder="none"
          hint="Desk phones here dial it without a code."
          {...field(props, 'extension')}
        />
        <TextField
          label="Most people (optional)"
          numeric
          placeholder="no limit"
          hint="Further callers hear that it is full."
          {...field(props, 'maxParticipants')}
        />
      </div>
      <Tick
        label="People may have their own phone called"
        hint="From the browser: the phone then carries their sound. Whom the server may call is in its settings."
        {...tick(props, 'callMe')}
      />
    </>
  );
}

function Speaking(props: MeetingFieldsProps) {
  const { form } = props;
  return (
    <>
      <Tick
        label="Mute people as they join"
        hint="Best for more than ten. Moderators are not muted."
        {...tick(props, 'muteOnEntry')}
      />
      <Tick
        label="People may unmute themselves"
        hint="Off: they raise a hand, and a moderator asks them to speak."
        {...tick(props, 'unmuteSelf')}
      />
      <Choice
        label="When a moderator unmutes somebody"
        hint="This is about those who muted themselves, or were muted on entry."
        value={form.value.unmuteOthers}
        options={[
          ['ask', 'they are asked to do it'],
          ['allowed', 'their microphone opens at once'],
        ]}
        onChange={(unmuteOthers) => (form.value = { ...form.value, unmuteOthers })}
      />
    </>
  );
}

function Sounds(props: MeetingFieldsProps) {
  const { form } = props;
  return (
    <>
      <Choice
        label="Spoken language"
        hint="What callers are told. A number may have a language of its own."
        value={form.value.language}
        options={[
          ...(form.value.language === '' ? ([['', 'the server’s']] as const) : []),
          ['en', 'English'],
          ['de', 'German'],
        ]}
        onChange={(language) => (form.value = { ...form.value, language })}
      />
      <div class="field-pair">
        <Choice
          label="When somebody comes or goes"
          value={form.value.entrySounds}
          options={[
            ['tones', 'a tone is heard'],
            ['names', 'their name is heard'],
            ['none', 'nothing is heard'],
          ]}
          onChange={(entrySounds) => (form.value = { ...form.value, entrySounds })}
        />
        <TextField
          label="Only up to so many people"
          numeric
          hint="In larger rounds it is quiet."
          {...field(props, 'entrySoundsUpTo')}
        />
      </div>
    </>
  );
}
