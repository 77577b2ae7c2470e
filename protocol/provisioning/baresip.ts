import { EXPIRES_S, oneLine } from './line.ts';
import type { PhoneLine } from './line.ts';

/** A line for baresip's `accounts` file. Quotes, angle brackets and semicolons would end its parts. */
export function baresipLine(line: PhoneLine): string {
  const name = oneLine(line.name.replace(/["<>;\\]/g, ' '));
  const address = `<sip:${line.username}@${line.server};transport=${line.transport}>`;
  const login = `auth_user=${line.username};auth_pass=${line.password}`;
  return `"${name}" ${address};${login};regint=${EXPIRES_S}\n`;
}
