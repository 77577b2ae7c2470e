import { endOfQuoted } from './parameters.ts';

/** Cuts a list header's value at its commas; those within quotes or angle brackets do not count. Trimmed. */
export function splitList(value: string): string[] {
  if (!value.includes(',')) return [value];
  if (!value.includes('"') && !value.includes('<')) return splitPlain(value);
  const parts: string[] = [];
  let from = 0;
  let bracketed = false;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (character === '"') at = endOfQuoted(value, at) - 1;
    else if (character === '<') bracketed = true;
    else if (character === '>') bracketed = false;
    else if (character === ',' && !bracketed) {
      parts.push(value.slice(from, at).trim());
      from = at + 1;
    }
  }
  parts.push(value.slice(from).trim());
  return parts;
}

function splitPlain(value: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let comma = value.indexOf(','); comma >= 0; comma = value.indexOf(',', from)) {
    parts.push(value.slice(from, comma).trim());
    from = comma + 1;
  }
  parts.push(value.slice(from).trim());
  return parts;
}
