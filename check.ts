/**
 * `npm run freeswitch:check` and `npm run drachtio:check`: looks at the running servers that the
 * settings name and says what to mend, with `--json` for programs. Ends with 1 where something is.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { asJson, asText, isGood } from './check/finding.ts';
import type { Server } from './check/servers.ts';
import { reportsOn } from './check/servers.ts';

const file = resolve('.env');
const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
const server: Server = process.argv[2] === 'drachtio' ? 'drachtio' : 'freeswitch';
const reports = await reportsOn(server, { ...fromFile, ...process.env });
const text = process.argv.includes('--json') ? asJson(reports) : `${asText(reports)}\n`;
process.stdout.write(text);
process.exitCode = isGood(reports) ? 0 : 1;
