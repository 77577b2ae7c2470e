import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Problem } from '../../../protocol/http/problem.ts';
import type { MeetingView } from '../../../protocol/http/views.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import { EMPTY_FORM, formLike, formOf, isSameForm, readForm } from '../meeting-form.ts';
import type { MeetingForm } from '../meeting-form.ts';
import { formatRoute } from '../route.ts';
import { GuardedDialog } from './guarded-dialog.tsx';
import { MeetingFields } from './meeting-fields.tsx';
import type { Wrong } from './meeting-field.ts';
import type { DeskProps } from './page.tsx';

export interface EditMeetingProps extends DeskProps {
  /** Absent: a new one. */
  readonly meeting?: MeetingView;
  /** The new one is like this. */
  readonly like?: MeetingView;
  readonly onClose: () => void;
}

/** A meeting's settings, new or changed, or the beginning of another that is like it. */
export function EditMeeting({ desk, meeting, like, onClose }: EditMeetingProps) {
  const say = words('console').meetingForm;
  const model = useSignal(like);
  const changed = model.value ? undefined : meeting;
  // As it was when the window opened: what others change meanwhile is theirs.
  const first = useMemo(() => (like ? likeness(like) : firstForm(meeting)), []);
  const form = useSignal(first);
  const duplicate = () => {
    if (!meeting) return;
    model.value = meeting;
    form.value = likeness(meeting);
  };
  return (
    <GuardedDialog
      desk={desk}
      title={changed ? say.settingsTitle : say.newTitle}
      dirty={!isSameForm(form.value, first)}
      onClose={onClose}
    >
      {(close) => (
        <Fields
          desk={desk}
          form={form}
          changed={changed}
          before={changed ? first : EMPTY_FORM}
          onSaved={onClose}
          onCancel={close}
          onDuplicate={duplicate}
        />
      )}
    </GuardedDialog>
  );
}

interface FieldsProps extends DeskProps {
  readonly form: Signal<MeetingForm>;
  /** Absent: it is made. */
  readonly changed: MeetingView | undefined;
  /** Only what differs from this is sent. */
  readonly before: MeetingForm;
  readonly onSaved: () => void;
  readonly onCancel: () => void;
  readonly onDuplicate: () => void;
}

function Fields(props: FieldsProps) {
  const { desk, form, changed, before, onSaved, onCancel, onDuplicate } = props;
  const say = words('console').meetingForm;
  const wrong = useSignal<Wrong | undefined>(undefined);
  const busy = useSignal(false);
  const save = async () => {
    const read = readForm(form.value, say.fault, before);
    wrong.value = read.ok ? undefined : read;
    if (!read.ok || busy.value) return;
    busy.value = true;
    const answer = await (changed ? desk.change(changed.id, read.body) : desk.create(read.body));
    busy.value = false;
    if (!answer.ok) {
      wrong.value = wrongBy(answer.problem);
      return;
    }
    onSaved();
    if (!changed) desk.leave(formatRoute({ kind: 'meeting', id: answer.value.id }));
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {wrong.value && !isOfForm(wrong.value.field) && (
        <Banner look="danger">{wrong.value.detail}</Banner>
      )}
      <MeetingFields desk={desk} form={form} wrong={wrong.value} />
      <div class="dialog-actions">
        {changed && (
          <span class="dialog-aside">
            <Button look="quiet" icon="copy" onClick={onDuplicate}>
              {words('console').meetings.duplicate}
            </Button>
          </span>
        )}
        <Button onClick={onCancel}>{words('shared').controls.cancel}</Button>
        <Button look="primary" submit waiting={busy.value}>
          {changed ? say.save : say.create}
        </Button>
      </div>
    </form>
  );
}

function wrongBy(problem: Problem): Wrong {
  return { field: problem.field, detail: problemWords(problem, words('shared').problems) };
}

function firstForm(meeting: MeetingView | undefined) {
  return meeting ? formOf(meeting) : EMPTY_FORM;
}

function likeness(meeting: MeetingView) {
  return formLike(meeting, words('console').meetings.copyOf(meeting.name));
}

function isOfForm(field: string | undefined): boolean {
  return field !== undefined && field in EMPTY_FORM;
}
