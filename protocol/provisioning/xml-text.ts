/** What stands in XML as it is; everything else goes as a number (XML 1.0 section 4.1). */
const PLAIN = /[^A-Za-z0-9 .,:;_/@=+()!?*#~-]/gu;
/** XML 1.0 section 2.2 has no way to write these. */
const NO_CHARACTER = /[\p{Cc}\p{Cs}\u{FFFE}\u{FFFF}]/gu;

/** A text for between tags or inside a quoted attribute. */
export function xmlText(text: string): string {
  return text
    .replace(NO_CHARACTER, ' ')
    .replace(PLAIN, (character) => `&#${character.codePointAt(0)};`);
}
