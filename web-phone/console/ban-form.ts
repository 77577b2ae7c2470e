/** What the window that bans somebody from every meeting holds, as typed. */
export interface BanForm {
  readonly kind: 'number' | 'account' | 'person';
  readonly number: string;
  /** How the list calls a number; the house knows the names of the others. */
  readonly name: string;
  readonly account: string;
  readonly person: string;
  readonly long: Long;
}

export const KINDS = ['number', 'account', 'person'] as const satisfies readonly BanForm['kind'][];
export const LONGS = ['ever', 'hour', 'day', 'week', 'month'] as const;
export type Long = (typeof LONGS)[number];

export const EMPTY_BAN: BanForm = {
  kind: 'number',
  number: '',
  name: '',
  account: '',
  person: '',
  long: 'ever',
};

const HOUR_MS = 3_600_000;
const LASTS_MS: Readonly<Record<Exclude<Long, 'ever'>, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
};

/** What `POST /bans` takes; `undefined` while nobody is named. */
export function banWish(form: BanForm, nowMs: number): object | undefined {
  const { kind, long } = form;
  const whom = form[kind].trim();
  if (whom === '') return undefined;
  const name = kind === 'number' ? form.name.trim() : '';
  return {
    [kind]: whom,
    ...(name !== '' && { name }),
    ...(long !== 'ever' && { until: new Date(nowMs + LASTS_MS[long]).toISOString() }),
  };
}

/** Whether anything was typed that would be lost. */
export function isTyped(form: BanForm): boolean {
  return (Object.keys(EMPTY_BAN) as (keyof BanForm)[]).some(
    (field) => form[field] !== EMPTY_BAN[field],
  );
}
