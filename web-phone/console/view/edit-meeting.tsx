import { useSignal } from '@preact/signals';
import type { MeetingView } from '../../../protocol/http/views.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { EMPTY_FORM, formOf, readForm } from '../meeting-form.ts';
import { MeetingFields } from './meeting-fields.tsx';
import type { Wrong } from './meeting-field.ts';
import type { DeskProps } from './page.tsx';

export interface EditMeetingProps extends DeskProps {
  /** Absent: a new one. */
  readonly meeting?: MeetingView;
  readonly onClose: () => void;
}

/** A meeting's settings, new or changed. */
export function EditMeeting({ desk, meeting, onClose }: EditMeetingProps) {
  const before = meeting ? formOf(meeting) : EMPTY_FORM;
  const form = useSignal(before);
  const wrong = useSignal<Wrong | undefined>(undefined);
  const busy = useSignal(false);
  const save = async () => {
    const read = readForm(form.value, before);
    wrong.value = read.ok ? undefined : read;
    if (!read.ok || busy.value) return;
    busy.value = true;
    const answer = await (meeting ? desk.change(meeting.id, read.body) : desk.create(read.body));
    busy.value = false;
    if (!answer.ok) {
      wrong.value = answer.problem;
      return;
    }
    onClose();
    if (!meeting) desk.go({ kind: 'meeting', id: answer.value.id });
  };
  return (
    <Dialog title={meeting ? 'Meeting settings' : 'New meeting'} onClose={onClose}>
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
        <MeetingFields form={form} wrong={wrong.value} />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" submit waiting={busy.value}>
            {meeting ? 'Save' : 'Create'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function isOfForm(field: string | undefined): boolean {
  return field !== undefined && field in EMPTY_FORM;
}
