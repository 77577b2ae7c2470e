import type { keys } from '../words/en/keys.ts';

/** What a key can be for; the server knows the same names. */
export const SCOPES = [
  'meetings:read',
  'meetings:write',
  'rooms:control',
  'people:read',
  'people:admin',
  'system:read',
  'system:write',
  'audit:read',
] as const satisfies readonly (keyof (typeof keys)['scope'])[];

export const LIVES = ['7', '30', '90', '365', 'ever'] as const;
/** Days, or until somebody revokes it. */
export type Life = (typeof LIVES)[number];

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
