import type { JsonSchema, NamedSchemas } from '../../api/openapi/json-schema.ts';
import { resolved } from '../../api/openapi/json-schema.ts';
import { sampleOf } from '../../api/openapi/sample.ts';
import type { Dice } from './dice.ts';

/** Values that programs send by mistake, or to try what happens. */
const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  'null',
  '0',
  'Ada\u0000',
  'a\r\nX-Header: b',
  '../../etc/passwd',
  '${system(x)}',
  "'; DROP TABLE meetings; --",
  '<script>alert(1)</script>',
  '\u202eevil',
  '\ud800',
  '👩‍👩‍👧‍👦'.repeat(20),
  'x'.repeat(5_000),
  '2026-13-45T99:99:99Z',
  '9999999999999999999999',
  '+999999999999999999999999999',
  [],
  [[[]]],
  {},
  { __proto__: null, constructor: 'x' },
  { '': '' },
];

const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'a/b',
  '~',
  '\ud800',
  'x'.repeat(300),
];

/** A body near what the schema takes: each part as it should be, odd, at its bounds, or missing. */
export function junkBody(schema: JsonSchema, named: NamedSchemas, dice: Dice): unknown {
  if (dice.below(12) === 0) return dice.pick(ODD);
  if (dice.below(40) === 0) return nested(dice.below(200));
  const found = resolved(schema, named);
  const choice = found.anyOf ?? found.oneOf;
  if (choice) return junkBody(dice.pick(choice), named, dice);
  if (found.properties) return junkObject(found, named, dice);
  if (found.items) {
    const { items } = found;
    return Array.from({ length: dice.below(4) }, () => junkBody(items, named, dice));
  }
  return atBounds(found, dice) ?? sampleOf(found, named);
}

function junkObject(found: JsonSchema, named: NamedSchemas, dice: Dice): object {
  const { properties = {}, required = [] } = found;
  const entries = Object.entries(properties).flatMap(([name, part]) => {
    const isThere = required.includes(name) ? dice.below(15) > 0 : dice.below(3) === 0;
    return isThere ? [[name, junkBody(part, named, dice)] as const] : [];
  });
  const more = dice.below(15) === 0 ? [[dice.pick(ODD_NAMES), dice.pick(ODD)] as const] : [];
  return Object.fromEntries([...entries, ...more]);
}

function atBounds(found: JsonSchema, dice: Dice): unknown {
  const { minimum, maximum, maxLength, enum: choices } = found;
  if (choices) return dice.pick(choices);
  if (found.type === 'boolean') return dice.below(2) === 0;
  const around = [minimum, maximum].filter((each) => each !== undefined);
  if (around.length > 0) return dice.pick(around) + dice.below(3) - 1;
  if (maxLength !== undefined && dice.below(3) === 0) return 'a'.repeat(maxLength + dice.below(2));
  return undefined;
}

function nested(levels: number): unknown {
  return JSON.parse(`${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`) as unknown;
}

/** A text for a path or a query. */
export function junkText(dice: Dice): string {
  const odd = dice.pick(ODD);
  return typeof odd === 'string' ? odd : JSON.stringify(odd);
}

/** As an address carries it; half a surrogate pair as the bytes that a careless program sends. */
export function inAddress(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '')).slice(0, 2_000);
}
