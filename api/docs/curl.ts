import type { Operation } from '../operations/operation.ts';

/** What stands in the path of examples. */
const PLACES: Readonly<Record<string, string>> = {
  id: 'm-abcdefghij234567',
  pid: '6e2ff1a4-9c1c-4c9f-8a53-0d2b3cb1f0aa',
  username: 'desk-12',
  name: 'provider',
};

/** The request as one types it at a shell; `body` is an example of what it takes. */
export function curlFor(operation: Operation, base: string, body: unknown): string {
  const { method, path, access } = operation;
  const filled = path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => PLACES[name] ?? name.toUpperCase(),
  );
  const lines = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${base}/api/v1${filled}`,
    ...(access === 'anybody' ? [] : [`-H "Authorization: Bearer $PARTYLINE_KEY"`]),
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`]),
  ];
  return lines.join(' \\\n  ');
}

/** In single quotes nothing means anything to a shell but the quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
