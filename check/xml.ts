/** An element of FreeSWITCH's own XML; text between elements is left out. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Text right before the closing tag. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

const TAG = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w.-]+\s*=\s*"[^"<]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w.-]+)\s*=\s*"([^"<]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/**
 * Reads what `xml_locate` and `sofia xmlstatus` write (switch_xml_toxml): no comments, no CDATA.
 * The outermost element; undefined where the text is no such XML.
 */
export function parseXml(text: string): Element | undefined {
  const open: Open[] = [];
  let from = 0;
  for (const match of text.matchAll(TAG)) {
    const [tag, slash, name = '', attributes = '', empty] = match;
    if (slash === '') open.push({ name, attributes: attributesOf(attributes), children: [] });
    if (slash === '/' || empty === '/') {
      const closed = open.pop();
      if (closed?.name !== name) return undefined;
      const before = slash === '/' ? unescape(text.slice(from, match.index).trim()) : '';
      const element: Element = { ...closed, text: before };
      const parent = open.at(-1);
      if (parent === undefined) return element;
      parent.children.push(element);
    }
    from = match.index + tag.length;
  }
  return undefined;
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [
    name,
    unescape(value),
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

function unescape(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** All elements of that name below this one, however deep. */
export function all(element: Element | undefined, name: string): readonly Element[] {
  if (element === undefined) return [];
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...all(child, name),
  ]);
}

/** The element of that name whose attribute `name` is `called`. */
export function named(
  element: Element | undefined,
  name: string,
  called: string,
): Element | undefined {
  return all(element, name).find(({ attributes }) => attributes.name === called);
}

/** The values of `<param name="…" value="…"/>` right below. */
export function params(element: Element | undefined, name: string): readonly string[] {
  return all(element, 'param')
    .filter(({ attributes }) => attributes.name === name)
    .map(({ attributes }) => attributes.value ?? '');
}
