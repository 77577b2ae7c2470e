import type { ComponentChildren } from 'preact';
import { Choice, Tick } from '../../style/choice-field.tsx';
import { TextField } from '../../style/text-field.tsx';
import { zoneName } from '../../style/local-time.ts';
import { words } from '../../words/words.ts';
import { field, tick } from './meeting-field.ts';
import type { MeetingFieldsProps } from './meeting-field.ts';
import { MeetingMembers } from './meeting-members.tsx';
import { ENDING_FIELDS, Ending, TIME_FIELDS, Times } from './meeting-times.tsx';
import type { MeetingForm } from '../meeting-form.ts';

/** A name is enough; the rest is for those who want it, group by group. */
export function MeetingFields(props: MeetingFieldsProps) {
  const say = words('console').meetingForm;
  return (
    <>
      <Basics {...props} />
      <Group title={say.group.times} open={isIn(props, TIME_FIELDS)}>
        <Times {...props} />
      </Group>
      <Group title={say.group.comingIn} open={isIn(props, ['maxParticipants', 'extension'])}>
        <ComingIn {...props} />
      </Group>
      <Group title={say.group.speaking}>
        <Speaking {...props} />
      </Group>
      <Group title={say.group.sounds} open={isIn(props, ['entrySoundsUpTo'])}>
        <Sounds {...props} />
      </Group>
      <Group title={say.group.people} open={isIn(props, ['members'])}>
        <MeetingMembers {...props} />
      </Group>
      <Group title={say.group.ending} open={isIn(props, ENDING_FIELDS)}>
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
  const say = words('console').meetingForm;
  return (
    <>
      <TextField
        label={say.name}
        autoFocus
        maxLength={80}
        placeholder={say.nameExample}
        hint={say.nameHint}
        {...field(props, 'name')}
      />
      <TextField
        label={say.startsAt}
        type="datetime-local"
        hint={say.startsAtHint(zoneName())}
        {...field(props, 'startsAt')}
      />
    </>
  );
}

function ComingIn(props: MeetingFieldsProps) {
  const say = words('console').meetingForm;
  return (
    <>
      <Tick label={say.lobby} hint={say.lobbyHint} {...tick(props, 'lobby')} />
      <Tick
        label={say.waitForModerator}
        hint={say.waitForModeratorHint}
        {...tick(props, 'waitForModerator')}
      />
      <Tick label={say.askName} hint={say.askNameHint} {...tick(props, 'askName')} />
      <div class="field-pair">
        <TextField
          label={say.extension}
          numeric
          placeholder={say.none}
          hint={say.extensionHint}
          {...field(props, 'extension')}
        />
        <TextField
          label={say.most}
          numeric
          placeholder={say.noLimit}
          hint={say.mostHint}
          {...field(props, 'maxParticipants')}
        />
      </div>
      <Tick label={say.callMe} hint={say.callMeHint} {...tick(props, 'callMe')} />
    </>
  );
}

function Speaking(props: MeetingFieldsProps) {
  const say = words('console').meetingForm;
  const { form } = props;
  return (
    <>
      <Tick label={say.muteOnEntry} hint={say.muteOnEntryHint} {...tick(props, 'muteOnEntry')} />
      <Tick label={say.unmuteSelf} hint={say.unmuteSelfHint} {...tick(props, 'unmuteSelf')} />
      <Choice
        label={say.unmuteOthers}
        hint={say.unmuteOthersHint}
        value={form.value.unmuteOthers}
        options={[
          ['ask', say.unmute.ask],
          ['allowed', say.unmute.allowed],
        ]}
        onChange={(unmuteOthers) => (form.value = { ...form.value, unmuteOthers })}
      />
    </>
  );
}

function Sounds(props: MeetingFieldsProps) {
  const say = words('console').meetingForm;
  const { form } = props;
  return (
    <>
      <Choice
        label={say.language}
        hint={say.languageHint}
        value={form.value.language}
        options={[
          ...(form.value.language === '' ? ([['', say.serverLanguage]] as const) : []),
          ['en', say.languages.en],
          ['de', say.languages.de],
        ]}
        onChange={(language) => (form.value = { ...form.value, language })}
      />
      <div class="field-pair">
        <Choice
          label={say.entrySounds}
          value={form.value.entrySounds}
          options={[
            ['tones', say.sounds.tones],
            ['names', say.sounds.names],
            ['none', say.sounds.none],
          ]}
          onChange={(entrySounds) => (form.value = { ...form.value, entrySounds })}
        />
        <TextField
          label={say.soundsUpTo}
          numeric
          hint={say.soundsUpToHint}
          {...field(props, 'entrySoundsUpTo')}
        />
      </div>
      {(props.desk.session.offers.recording || form.value.record) && (
        <Tick label={say.record} hint={say.recordHint} {...tick(props, 'record')} />
      )}
    </>
  );
}
