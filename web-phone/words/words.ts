import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { call } from './en/call.ts';
import type { consoleWords } from './en/console.ts';
import type { lineWords } from './en/line.ts';
import type { phoneWords } from './en/phone.ts';
import type { sharedWords } from './en/shared.ts';
import type { Language } from './language.ts';

/** All that the pages say, by the page that says it. English is the pattern; the types hold the others to it. */
export interface Tables {
  readonly shared: typeof sharedWords;
  readonly phone: typeof phoneWords;
  readonly call: typeof call;
  readonly console: typeof consoleWords;
  readonly line: typeof lineWords;
}

/** How a page speaks: which language, and how numbers and times are written. */
export interface Tongue {
  readonly language: Language;
  readonly locale: string;
}

const tongue = signal<Tongue>({ language: 'en', locale: 'en' });
const spoken: { readonly [Name in keyof Tables]: Signal<Tables[Name] | undefined> } = {
  shared: signal(undefined),
  phone: signal(undefined),
  call: signal(undefined),
  console: signal(undefined),
  line: signal(undefined),
};

/** The words of a table. Read while drawing, so that another language draws the page anew. */
export function words<Name extends keyof Tables>(name: Name): Tables[Name] {
  const table = spoken[name].value;
  if (!table) throw new Error(`The words of "${name}" are spoken before a language was chosen.`);
  return table;
}

/** Read while drawing, like the words. */
export function currentTongue(): Tongue {
  return tongue.value;
}

/** From here on the page speaks so; all tables of a page come together. */
export function speak(now: Tongue, tables: Partial<Tables>): void {
  tongue.value = now;
  const { shared, phone, call, console: house, line } = tables;
  if (shared) spoken.shared.value = house ? withProblems(shared, house) : shared;
  if (phone) spoken.phone.value = phone;
  if (call) spoken.call.value = call;
  if (house) spoken.console.value = house;
  if (line) spoken.line.value = line;
}

/** The console meets problems of its own; whoever joins a meeting does not wait for their sentences. */
function withProblems(shared: Tables['shared'], { houseProblems }: Tables['console']) {
  const known = { ...shared.problems.known, ...houseProblems };
  return { ...shared, problems: { ...shared.problems, known } };
}
