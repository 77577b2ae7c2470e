/** What may stand in the audit log of what came from outside: ids and names of fields, no free text. */
const ID = /^[\w.@+:-]{1,64}$/;
const FIELD = /^[A-Za-z]{1,32}$/;
const MOST_FIELDS = 16;
/** Fields whose values are choices, not somebody's words. */
const CHOICES: ReadonlySet<string> = new Set(['role', 'action', 'except', 'language', 'state']);

/** What stands in an address where the route's pattern has parameters, in their order. */
export function namedBy(pattern: string, url: string): readonly string[] {
  const segments = url.replace(/[?#].*$/, '').split('/');
  return pattern
    .split('/')
    .flatMap((part, at) => (part.startsWith(':') ? [segments[at] ?? ''] : []))
    .filter((value) => ID.test(value));
}

/** The id that an answer names: of what was made. */
export function idIn(answer: unknown): string | undefined {
  if (typeof answer !== 'string' && !Buffer.isBuffer(answer)) return undefined;
  const body: unknown = JSON.parse(answer.toString());
  if (typeof body !== 'object' || body === null) return undefined;
  const { id, username, name } = body as Readonly<Record<string, unknown>>;
  return [id, username, name].find(
    (value): value is string => typeof value === 'string' && ID.test(value),
  );
}

/** Which fields a request set; what to, only of switches and choices. */
export function detailIn(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  return Object.entries(body)
    .filter(([name]) => FIELD.test(name))
    .slice(0, MOST_FIELDS)
    .map(([name, value]) => (isChoice(name, value) ? `${name}=${value}` : name))
    .join(', ');
}

function isChoice(name: string, value: unknown): value is string | boolean {
  if (typeof value === 'boolean') return true;
  return typeof value === 'string' && CHOICES.has(name) && FIELD.test(value);
}
