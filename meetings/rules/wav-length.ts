/**
 * How long a RIFF WAVE file plays, in seconds, by its first bytes and its size; `undefined` for a file
 * that is none, or whose sound does not begin in those bytes.
 */
export function wavSeconds(head: Uint8Array, fileBytes: number): number | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 12 || tagAt(head, 0) !== 'RIFF' || tagAt(head, 8) !== 'WAVE') return undefined;
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= head.length;) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tagAt(head, at) === 'fmt ' && body + 12 <= head.length)
      bytesPerSecond = view.getUint32(body + 8, true);
    // Who writes while recording leaves the size for later: there is no more than the file has.
    if (tagAt(head, at) === 'data')
      return bytesPerSecond > 0
        ? Math.max(0, Math.min(size, fileBytes - body)) / bytesPerSecond
        : undefined;
    at = body + size + (size & 1);
  }
  return undefined;
}

function tagAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
