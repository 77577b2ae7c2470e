import type { Heard } from './application.ts';

/** Headers that gateway or phones read; the rest is each server's own. */
const COMPARED = [
  'From',
  'To',
  'CSeq',
  'Contact',
  'Require',
  'RSeq',
  'RAck',
  'Reason',
  'Expires',
  'Session-Expires',
  'Min-SE',
  'WWW-Authenticate',
  'Proxy-Authenticate',
  'Authorization',
  'Refer-To',
  'Content-Type',
  'X-Partyline',
];

/** Numbers that each side counts from where it likes. */
const COUNTED = new Set(['CSeq', 'RSeq', 'RAck']);

/** A frame as two servers can agree on it: its fields by what they are, its SIP below. */
export function tellFrame({ kind, fields, sip }: Heard): string {
  const told = fields.map((field, at) => tellField(kind, field, at)).join('|');
  return sip === '' ? `${kind}|${told}` : `${kind}|${told}\n${tellSip(sip)}`;
}

function tellField(kind: string, field: string, at: number): string {
  if (kind === 'response' && at === 0) return 'ID';
  if (/^\d\d:\d\d:\d\d\.\d+$/.test(field)) return 'TIME';
  if (/^\d+$/.test(field)) return 'NUMBER';
  if (/;from-tag=/.test(field)) return 'DIALOG';
  if (/^[\da-f]{8}-[\da-f-]{27}$/.test(field)) return 'UUID';
  if (/^v\d+\.\d+\.\d+/.test(field)) return 'VERSION';
  if (/^\/?(?:udp|tcp|ws)\//.test(field)) return 'CONTACTS';
  return field;
}

/** A SIP message as its start line and the headers that matter, tags taken for their presence. */
export function tellSip(text: string): string {
  const [head = '', body = ''] = text.split(/\r?\n\r?\n/);
  const [start = '', ...lines] = head.split(/\r?\n/);
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const kept = COMPARED.flatMap((name) =>
    headers
      .filter(([each]) => each === name.toLowerCase() || each === SHORT[name])
      .map(
        ([, value]) =>
          `    ${name}: ${withoutChance(COUNTED.has(name) ? value.replace(/\d+/g, 'N') : value)}`,
      ),
  );
  const told = [`  ${withoutChance(start)}`, ...kept];
  return (body.trim() === '' ? told : [...told, '    and a body']).join('\n');
}

const SHORT: Readonly<Record<string, string>> = { From: 'f', To: 't', Contact: 'm' };

function withoutChance(value: string): string {
  return value
    .replace(/;tag=[^;>\s]+/g, ';tag')
    .replace(/;(?:transport=udp|rport(?:=\d+)?|nat=yes)/g, '');
}
