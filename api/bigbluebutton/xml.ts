/** An element: its name, and text or elements inside it. */
export interface Element {
  readonly name: string;
  readonly content: string | number | boolean | readonly Element[];
}

/** Names that we write, and those of metadata, which were checked when they came in. */
const NAME = /^[A-Za-z_][\w.-]{0,127}$/;

function isElementName(name: string): boolean {
  return NAME.test(name);
}

/** Throws where `name` is none: what people choose is checked before. */
export function element(name: string, content: Element['content']): Element {
  if (!isElementName(name)) throw new Error(`no name of an element: ${name.length} characters`);
  return { name, content };
}

/** XML 1.0 (fifth edition) without a declaration. Whatever is in it, the text stays text. */
export function formatXml({ name, content }: Element): string {
  const inside =
    typeof content === 'object' ? content.map(formatXml).join('') : escaped(String(content));
  return `<${name}>${inside}</${name}>`;
}

/** Characters that XML 1.0 section 2.2 forbids, even as references. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

function escaped(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"'\r]/g, (character) => REFERENCES[character] ?? character);
}
