/** 1 to 100 characters, and none that steers a terminal, a line or the direction of the text. */
export function isMeetingName(text: string): boolean {
  return isSound(text) && [...text].length <= 100;
}

/**
 * 1 to 64 letters, marks, digits, emoji, spaces and `.,'’-_()&@+#!?*:/`. Names travel into SIP headers
 * and the switch's commands, so brackets, quotes, `$`, `|`, `\`, `^`, `%`, `;` and `~` stay out.
 */
export function isPersonName(text: string): boolean {
  return isSound(text) && [...text].length <= 64 && PERSON.test(text);
}

/** Names a person across calls, by whoever runs the meetings: a key of theirs, not for show. */
export function isPersonId(text: string): boolean {
  return /^[\w.@+-]{1,64}$/.test(text);
}

/** A phone account: a letter first, so that no account looks like a code or an extension. */
export function isUsername(text: string): boolean {
  return (
    /^[a-z][a-z0-9._-]{1,31}$/.test(text) && !text.startsWith(BROWSER_PREFIX) && !isLineName(text)
  );
}

/** The short-lived name by which a browser proves that it is somebody's telephone. */
export function isLineName(text: string): boolean {
  return /^line-[a-z2-7]{16}$/.test(text);
}

export const LINE_PREFIX = 'line-';

/** A name for an account, of how somebody signs in or is called. */
export function usernameFrom(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replace(/@.*$/, '');
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '');
  return isUsername(slug.slice(0, 32)) ? slug.slice(0, 32) : 'phone';
}

/** Begins the short-lived user names of browsers, which no account may take. */
export const BROWSER_PREFIX = 'web-';

const PERSON =
  /^[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f .,'’\-_()&@+#!?*:/]+$/u;

/** Controls, format characters (bidi overrides), line separators, lone surrogates, private use. */
const UNSOUND = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?!\u200d)\p{Cf}/u;

function isSound(text: string): boolean {
  return text.length > 0 && text.trim() === text && !UNSOUND.test(text);
}
