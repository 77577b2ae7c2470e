import type { PartylineClient } from '../api/client/client.ts';
import type { Report } from '../check/finding.ts';
import type { Column } from './table.ts';

/** What a command found or did; `--json` prints its `value`. */
export type Shown =
  | {
      readonly kind: 'list';
      readonly value: readonly object[];
      readonly columns: readonly Column[];
    }
  | { readonly kind: 'facts'; readonly value: object }
  | { readonly kind: 'said'; readonly sentence: string; readonly value: object }
  | { readonly kind: 'reports'; readonly value: readonly Report[] };

export interface Flag {
  readonly type: 'string' | 'boolean';
  readonly meaning: string;
  /** What stands for its value in the help. */
  readonly value?: string;
}

export type Env = Readonly<Record<string, string | undefined>>;

export interface Context {
  /** The words after the command, as many as it asks for. */
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  /** Settings: the environment over `.env`. */
  readonly env: Env;
  readonly server: string;
  /** Throws a `UsageError` where no key is known. */
  readonly connect: () => PartylineClient;
  /** Prints at once, for what does not end by itself. */
  readonly tell: (value: object, text: string) => void;
  /** All that is typed or piped in, for what is secret. */
  readonly input: () => Promise<string>;
  readonly signal: AbortSignal;
  readonly nowMs: number;
}

export interface Command {
  /** As it is typed: `meetings list`. */
  readonly name: string;
  readonly summary: string;
  /** Names of the words it asks for; one that ends in `?` may be left out. */
  readonly words: readonly string[];
  readonly flags?: Readonly<Record<string, Flag>>;
  /** What it prints is secret, and was asked for. */
  readonly secrets?: true;
  readonly run: (context: Context) => Promise<Shown | undefined>;
}

/** What was typed is no command of ours: the message says what to type. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The n-th word; which ones there are is checked before a command runs. */
export function word({ words }: Context, at: number): string {
  return words[at] ?? '';
}

export function text({ flags }: Context, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

export function isSet({ flags }: Context, name: string): boolean {
  return flags[name] === true;
}
