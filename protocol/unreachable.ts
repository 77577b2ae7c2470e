/** The guard of an exhaustive `switch`: reaching it is a bug of ours, so it throws. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
