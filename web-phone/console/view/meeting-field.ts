import type { Signal } from '@preact/signals';
import type { MeetingForm } from '../meeting-form.ts';

export interface Wrong {
  readonly field?: string | undefined;
  readonly detail: string;
}

export interface MeetingFieldsProps {
  readonly form: Signal<MeetingForm>;
  readonly wrong: Wrong | undefined;
}

/** What a field shows and does. */
export function field({ form, wrong }: MeetingFieldsProps, name: keyof MeetingForm) {
  return {
    value: String(form.value[name]),
    wrong: wrong?.field === name ? wrong.detail : undefined,
    onInput: (value: string) => (form.value = { ...form.value, [name]: value }),
  };
}

type Flag = {
  [K in keyof MeetingForm]: MeetingForm[K] extends boolean ? K : never;
}[keyof MeetingForm];

/** What a tick shows and does. */
export function tick({ form }: MeetingFieldsProps, name: Flag) {
  return {
    on: form.value[name],
    onChange: (on: boolean) => (form.value = { ...form.value, [name]: on }),
  };
}
