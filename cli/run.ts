import { parseArgs } from 'node:util';
import { isGood } from '../check/finding.ts';
import { COMMANDS } from './all.ts';
import { UsageError } from './command.ts';
import type { Command, Context, Env, Shown } from './command.ts';
import { clientFor, keyOf, serverOf } from './connection.ts';
import { EXIT, exitFor } from './exit.ts';
import { commandHelp, generalHelp, GLOBAL_FLAGS } from './help.ts';
import { withoutSecrets } from './secrets.ts';
import { asLines } from './show.ts';
import { plain } from './table.ts';

/** Where the program runs. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Characters of a line. */
  readonly width: number;
  readonly env: Env;
  /** All that is typed or piped in; absent: nothing. */
  readonly input?: () => Promise<string>;
  /** Ends what does not end by itself. */
  readonly signal: AbortSignal;
  readonly nowMs: number;
}

/** Does what was typed; returns the number to end with. Throws only what is our own mistake. */
export async function run(typed: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await obey(typed, terminal);
  } catch (error) {
    const code = exitFor(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    terminal.err(`${plain(error.message)}\n`);
    return code;
  }
}

async function obey(typed: readonly string[], terminal: Terminal): Promise<number> {
  const command = commandIn(typed);
  if (command === undefined) return general(typed, terminal);
  const { flags, words } = parsed(command, typed);
  if (flags.help === true) {
    terminal.out(`${commandHelp(command)}\n`);
    return EXIT.done;
  }
  checkWords(command, words);
  const isJson = flags.json === true;
  const shown = await command.run(contextOf({ flags, words, isJson }, terminal));
  if (shown === undefined) return EXIT.done;
  const told = command.secrets ? shown : safe(shown);
  terminal.out(
    isJson ? `${JSON.stringify(told.value, null, 2)}\n` : `${asLines(told, terminal.width)}\n`,
  );
  return told.kind === 'reports' && !isGood(told.value) ? EXIT.refused : EXIT.done;
}

/** The command that the first words name; the longer name before the shorter. */
function commandIn(typed: readonly string[]): Command | undefined {
  const [first = '', second = ''] = typed;
  return (
    COMMANDS.find(({ name }) => name === `${first} ${second}`) ??
    COMMANDS.find(({ name }) => name === first)
  );
}

function general(typed: readonly string[], terminal: Terminal): number {
  const [first] = typed;
  if (first === undefined || first === '--help' || first === 'help') {
    terminal.out(`${generalHelp(COMMANDS)}\n`);
    return first === undefined ? EXIT.usage : EXIT.done;
  }
  const near = COMMANDS.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name);
  if (near.length > 0) throw new UsageError(`Say which: ${near.join(', ')}.`);
  throw new UsageError('There is no such command; "partyline --help" lists them.');
}

function parsed(command: Command, typed: readonly string[]) {
  const all = { ...GLOBAL_FLAGS, ...command.flags };
  const options = Object.fromEntries(
    Object.entries(all).map(([name, { type }]) => [name, { type }] as const),
  );
  try {
    const args = typed.slice(command.name.split(' ').length);
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { flags: values as Context['flags'], words: positionals };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('.')[0] : '';
    throw new UsageError(`${why}; "partyline ${command.name} --help" says what there is.`);
  }
}

function checkWords({ name, words }: Command, given: readonly string[]): void {
  const needed = words.filter((word) => !word.endsWith('?')).length;
  if (given.length >= needed && given.length <= words.length) return;
  throw new UsageError(`"partyline ${name} --help" says which words it needs: ${words.join(' ')}.`);
}

function contextOf(
  asked: { flags: Context['flags']; words: readonly string[]; isJson: boolean },
  { env, out, signal, nowMs, input = nothing }: Terminal,
): Context {
  const { flags, words, isJson } = asked;
  const textOf = (name: string) => (typeof flags[name] === 'string' ? flags[name] : undefined);
  const server = serverOf(textOf('server'), env);
  return {
    words,
    flags,
    env,
    server,
    signal,
    nowMs,
    input,
    connect: () => clientFor(server, keyOf(textOf('key-file'), env)),
    tell: (value, text) => out(`${isJson ? JSON.stringify(value) : plain(text)}\n`),
  };
}

function nothing(): Promise<string> {
  return Promise.resolve('');
}

function safe(shown: Shown): Shown {
  return { ...shown, value: withoutSecrets(shown.value) } as Shown;
}
