const UNSAFE = new Set('\r\n #%&+:;<=>?@[\\]^`{|}"');

/** FreeSWITCH's `switch_url_encode`: UTF-8 bytes that are no plain ASCII, and its unsafe ones. */
export function urlEncode(text: string): string {
  let encoded = '';
  for (const byte of Buffer.from(text)) {
    const letter = String.fromCharCode(byte);
    const plain = byte >= 0x20 && byte <= 0x7e && !UNSAFE.has(letter);
    encoded += plain ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** Undoes it; a `%` that starts no byte stays as it is instead of failing. */
export function urlDecode(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}
