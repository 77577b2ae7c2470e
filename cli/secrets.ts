/** What opens something. It is printed by commands that are asked for it, and by no other. */
const SECRET: ReadonlySet<string> = new Set([
  'codes',
  'code',
  'personalCode',
  'joinUrl',
  'moderatorUrl',
  'password',
  'oneTimePassword',
  'key',
  'secret',
  'sip',
  'provisioning',
  'feedToken',
  'identity',
]);

/** The value without anything that opens something, however deep it lies. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !SECRET.has(name));
  return Object.fromEntries(kept.map(([name, part]) => [name, withoutSecrets(part)]));
}
