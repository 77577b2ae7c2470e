import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { TextField } from '../../style/text-field.tsx';
import { EMPTY_FORM, readForm } from '../meeting-form.ts';
import type { MeetingForm } from '../meeting-form.ts';
import type { DeskProps } from './page.tsx';

interface Wrong {
  readonly field?: string | undefined;
  readonly detail: string;
}

/** A name is enough; the rest is for those who want it. */
export function CreateMeeting({ desk, onClose }: DeskProps & { readonly onClose: () => void }) {
  const form = useSignal<MeetingForm>(EMPTY_FORM);
  const wrong = useSignal<Wrong | undefined>(undefined);
  const busy = useSignal(false);
  const create = async () => {
    const read = readForm(form.value);
    wrong.value = read.ok ? undefined : read;
    if (!read.ok || busy.value) return;
    busy.value = true;
    const answer = await desk.create(read.body);
    busy.value = false;
    if (!answer.ok) {
      wrong.value = answer.problem;
      return;
    }
    onClose();
    desk.go({ kind: 'meeting', id: answer.value.id });
  };
  return (
    <Dialog title="New meeting" onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        {wrong.value && !isOfForm(wrong.value.field) && (
          <Banner look="danger">{wrong.value.detail}</Banner>
        )}
        <Fields form={form} wrong={wrong.value} />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" submit waiting={busy.value}>
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function isOfForm(field: string | undefined): boolean {
  return field !== undefined && field in EMPTY_FORM;
}

function Fields({
  form,
  wrong,
}: {
  readonly form: Signal<MeetingForm>;
  readonly wrong: Wrong | undefined;
}) {
  const muteId = useId();
  const set = (part: Partial<MeetingForm>) => (form.value = { ...form.value, ...part });
  const wrongIn = (field: keyof MeetingForm) => (wrong?.field === field ? wrong.detail : undefined);
  return (
    <>
      <TextField
        label="Name"
        autoFocus
        maxLength={80}
        placeholder="Monday round"
        hint="Those invited see it."
        value={form.value.name}
        wrong={wrongIn('name')}
        onInput={(name) => set({ name })}
      />
      <label class="tick" for={muteId}>
        <input
          id={muteId}
          type="checkbox"
          checked={form.value.muteOnEntry}
          onChange={(event) => set({ muteOnEntry: event.currentTarget.checked })}
        />
        <span>
          Mute people as they join
          <span class="hint">Best for more than ten. Moderators are not muted.</span>
        </span>
      </label>
      <div class="field-pair">
        <TextField
          label="Extension (optional)"
          numeric
          placeholder="none"
          hint="Desk phones here dial it without a code."
          value={form.value.extension}
          wrong={wrongIn('extension')}
          onInput={(extension) => set({ extension })}
        />
        <TextField
          label="Most people (optional)"
          numeric
          placeholder="no limit"
          hint="Further callers hear that it is full."
          value={form.value.maxParticipants}
          wrong={wrongIn('maxParticipants')}
          onInput={(maxParticipants) => set({ maxParticipants })}
        />
      </div>
    </>
  );
}
