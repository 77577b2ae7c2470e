/** A telephone number of at least seven digits with its country code and `+` (ITU-T E.164). */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text);
}
