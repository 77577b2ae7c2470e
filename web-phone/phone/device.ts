/** Newest first where one names the others: Edge and Opera call themselves Chrome as well, Chrome Safari. */
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+).*\bSafari\//],
];

/** Android says Linux too, and iPhones that they are like Mac OS X. */
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(?:iPhone|iPad|iPod)\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
];

/** A browser by its `User-Agent`, as people know it: `Firefox 140, Linux`. `undefined` where it is none of those we know. */
export function browserName(userAgent: string): string | undefined {
  const [browser, version] = BROWSERS.map(
    ([name, is]) => [name, is.exec(userAgent)?.[1]] as const,
  ).find(([, found]) => found !== undefined) ?? [undefined, undefined];
  const system = SYSTEMS.find(([, is]) => is.test(userAgent))?.[0];
  const known = [browser && `${browser} ${version}`, system].filter((part) => part !== undefined);
  return known.length === 0 ? undefined : known.join(', ');
}

/**
 * What the softphone calls itself in SIP (RFC 3261, section 20.41), from the browser's `navigator.userAgent`:
 * browser, its major version and the system, and no more of it, so that nobody is known again by it.
 */
export function softphoneName(userAgent: string): string {
  const browser = browserName(userAgent);
  return browser === undefined ? NAME : `${NAME} (${browser})`;
}

const NAME = 'Partyline softphone';
