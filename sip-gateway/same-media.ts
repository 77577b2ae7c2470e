/** Where and how a description says that media is taken; codecs are told by what comes. */
const WAYS = [/^c=.*/gm, /^m=\S+ \d+ \S+/gm, /^a=(?:crypto|fingerprint|ice-ufrag|ice-pwd):.*/gm];

/**
 * Whether two descriptions of one phone ask for media at the same place under the same keys, so that
 * whoever was told the first need not be told the second (RFC 4566, RFC 4568).
 */
export function sameMedia(one: string, other: string): boolean {
  return WAYS.every((way) => told(one, way) === told(other, way));
}

function told(description: string, way: RegExp): string {
  return [...new Set(description.match(way) ?? [])].map((line) => line.trim()).join('\n');
}
