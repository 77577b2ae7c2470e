/** What the dialog for a new meeting holds, as typed. */
export interface MeetingForm {
  readonly name: string;
  readonly extension: string;
  readonly muteOnEntry: boolean;
  readonly maxParticipants: string;
}

export const EMPTY_FORM: MeetingForm = {
  name: '',
  extension: '',
  muteOnEntry: false,
  maxParticipants: '',
};

export type FormResult =
  | { readonly ok: true; readonly body: object }
  | { readonly ok: false; readonly field: keyof MeetingForm; readonly detail: string };

const MOST_PEOPLE = 1000;

/** The request's body, or the first thing to mend. The server has the last word. */
export function readForm(form: MeetingForm): FormResult {
  const name = form.name.trim();
  if (name === '') return wrong('name', 'Give the meeting a name.');
  const extension = form.extension.trim();
  if (extension !== '' && !/^[0-9]{2,8}$/.test(extension))
    return wrong('extension', 'An extension is 2 to 8 digits.');
  const most = form.maxParticipants.trim();
  if (most !== '' && !(/^[0-9]+$/.test(most) && Number(most) >= 2 && Number(most) <= MOST_PEOPLE))
    return wrong('maxParticipants', `Choose a number from 2 to ${MOST_PEOPLE}, or leave it empty.`);
  return {
    ok: true,
    body: {
      name,
      muteOnEntry: form.muteOnEntry,
      ...(extension !== '' && { extension }),
      ...(most !== '' && { maxParticipants: Number(most) }),
    },
  };
}

function wrong(field: keyof MeetingForm, detail: string): FormResult {
  return { ok: false, field, detail };
}
