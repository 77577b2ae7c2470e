import type { Signal } from '@preact/signals';
import type { MeetingForm } from '../meeting-form.ts';
import type { DeskProps } from './page.tsx';

export interface Wrong {
  readonly field?: string | undefined;
  readonly detail: string;
}

export interface MeetingFieldsProps extends DeskProps {
  readonly form: Signal<MeetingForm>;
  readonly wrong: Wrong | undefined;
}

type Typed = {
  [K in keyof MeetingForm]: MeetingForm[K] extends string ? K : never;
}[keyof MeetingForm];

/** What a field shows and does. */
export function field({ form, wrong }: MeetingFieldsProps, name: Typed) {
  return {
    value: form.value[name],
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
