import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Log } from '../../protocol/log.ts';
import { startEmbeddedFreeswitch } from '../../switch/embedded.ts';
import { play } from './script.ts';
import { normalise } from './transcript.ts';

const ROOT = join(import.meta.dirname, '../..');
const RECORDED = join(ROOT, 'tests/data/freeswitch-1.11.1/conformance.txt');

test('the embedded switch says what a real FreeSWITCH was recorded saying', async () => {
  const log: Log = () => undefined;
  const freeswitch = await startEmbeddedFreeswitch({
    mediaHost: '127.0.0.1',
    publicHost: '127.0.0.1',
    rtpPorts: { first: 37_000, last: 37_999 },
    log,
  });
  try {
    const { port, password, sip } = freeswitch;
    const prompts = join(ROOT, 'prompts/en');
    const engine = { eslPort: port, password, sip: `${sip.host}:${sip.port}`, prompts };
    const recorded = readFileSync(RECORDED, 'utf8').trimEnd().split('\n');
    expect(normalise(await play(engine), prompts)).toEqual(recorded);
  } finally {
    await freeswitch.stop();
  }
}, 60_000);
