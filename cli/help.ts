import type { Command, Flag } from './command.ts';

/** Flags that every command has. */
export const GLOBAL_FLAGS: Readonly<Record<string, Flag>> = {
  server: {
    type: 'string',
    value: 'URL',
    meaning: 'the server; else PARTYLINE_URL, else by the settings',
  },
  'key-file': {
    type: 'string',
    value: 'FILE',
    meaning: 'holds the key; else PARTYLINE_KEY, ADMIN_KEY, or admin-key in DATA_DIR',
  },
  json: { type: 'boolean', meaning: 'print JSON, for programs' },
  help: { type: 'boolean', meaning: 'how to use it' },
};

/** What there is to type. */
export function generalHelp(commands: readonly Command[]): string {
  const uses = commands.map((command) => [usageOf(command), command.summary] as const);
  return [
    'partyline COMMAND, or partyline COMMAND --help',
    '',
    ...aligned(uses),
    '',
    'Everywhere:',
    ...flagLines(GLOBAL_FLAGS),
    '',
    'Ends with 0 when done, 1 when refused or something is to be mended, 2 when mistyped,',
    '3 when no server answers, 4 when the key may not, 5 when there is no such thing.',
  ].join('\n');
}

export function commandHelp(command: Command): string {
  const { summary, flags = {} } = command;
  const own = Object.keys(flags).length === 0 ? [] : ['', ...flagLines(flags)];
  return [
    `partyline ${usageOf(command)}`,
    '',
    `  ${summary}.`,
    ...own,
    '',
    'Everywhere:',
    ...flagLines(GLOBAL_FLAGS),
  ].join('\n');
}

function usageOf({ name, words }: Command): string {
  const shown = words.map((word) => (word.endsWith('?') ? `[${word.slice(0, -1)}]` : word));
  return [name, ...shown].join(' ');
}

function flagLines(flags: Readonly<Record<string, Flag>>): string[] {
  return aligned(
    Object.entries(flags).map(([name, { value, meaning }]) => [
      `--${name}${value === undefined ? '' : ` ${value}`}`,
      meaning,
    ]),
  );
}

function aligned(lines: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
