import { oneLine, serverParts } from './line.ts';
import type { PhoneLine } from './line.ts';

/** What to type into any phone, a setting a line, for people to read. */
export function plainFile(line: PhoneLine): string {
  const { host, port } = serverParts(line.server);
  const settings: readonly (readonly [string, string])[] = [
    ['SIP server', host],
    ['Port', port],
    ['Transport', line.transport.toUpperCase()],
    ['User name', line.username],
    ['Password', line.password],
    ['Name', line.name],
  ];
  return settings.map(([name, value]) => `${name}: ${oneLine(value)}\n`).join('');
}
