/** Says whether a value read from outside is what it claims to be. */
export type Check = (value: unknown) => boolean;

/** One check a field; with `satisfies Record<keyof T, Check>` a forgotten field does not compile. */
export type Shape = Readonly<Record<string, Check>>;

export const isText: Check = (value) => typeof value === 'string';
export const isFlag: Check = (value) => typeof value === 'boolean';
export const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
export const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;

export function isWithin(low: number, high: number): Check {
  return (value) =>
    Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}

export function isOneOf(...words: readonly string[]): Check {
  return (value) => typeof value === 'string' && words.includes(value);
}

export function isOptional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

export function isListOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

/** Extra fields are let through, so that an older reader understands a newer writer. */
export function hasShape(shape: Shape): Check {
  const fields = Object.entries(shape);
  return (value) => isRecord(value) && fields.every(([name, check]) => check(value[name]));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value that a JSON text holds; `undefined` where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
