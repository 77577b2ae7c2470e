/** What a key can be for, in words; the server knows the same names. */
export const SCOPES: readonly (readonly [scope: string, words: string])[] = [
  ['meetings:read', 'See meetings and who is in them'],
  ['meetings:write', 'Make, change and end meetings'],
  ['rooms:control', 'Do in meetings what moderators do'],
  ['people:read', 'See who has an account'],
  ['people:admin', 'Make, change and delete accounts'],
  ['system:read', 'See phones, trunks, alarms, history'],
  ['system:write', 'Change phones, trunks, alarms'],
  ['audit:read', 'Read who did what'],
];

export type Life = '7' | '30' | '90' | '365' | 'ever';

export const LIVES: readonly (readonly [Life, string])[] = [
  ['7', 'A week'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', 'A year'],
  ['ever', 'Until it is revoked'],
];

const DAY_MS = 86_400_000;

/** What `POST /keys` takes. */
export function keyBody(
  form: { readonly name: string; readonly scopes: readonly string[]; readonly life: Life },
  nowMs: number,
): object {
  const { name, scopes, life } = form;
  const body = { name: name.trim(), scopes };
  if (life === 'ever') return body;
  return { ...body, expiresAt: new Date(nowMs + Number(life) * DAY_MS).toISOString() };
}
