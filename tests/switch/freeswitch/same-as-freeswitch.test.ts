import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Log } from '../../../protocol/log.ts';
import { startFreeswitch } from '../../../switch/freeswitch/freeswitch.ts';
import { startMedia } from '../../../switch/media/media.ts';
import { play } from '../../conformance/script.ts';
import { normalise } from '../../conformance/transcript.ts';

const ROOT = join(import.meta.dirname, '../../..');
const RECORDED = join(ROOT, 'tests/data/freeswitch-1.11.1/conformance.txt');

test(
  'the stand-in says word for word what FreeSWITCH 1.11.1 was recorded saying',
  { timeout: 60_000 },
  async () => {
    const log: Log = () => undefined;
    const host = '127.0.0.1';
    const ports = { first: 42_000, last: 42_399 };
    const media = await startMedia({ host, publicHost: host, ports, rtpTimeoutMs: 30_000, log });
    const password = 'a-password-for-tests-only';
    const freeswitch = await startFreeswitch({
      host,
      eslPort: 0,
      sipPort: 0,
      password,
      media,
      log,
    });
    const prompts = join(ROOT, 'prompts/en');
    const { eslPort, sipAddress } = freeswitch;
    try {
      const transcript = await play({ eslPort, password, sip: sipAddress, prompts });
      const recorded = readFileSync(RECORDED, 'utf8').trimEnd().split('\n');
      expect(normalise(transcript, prompts)).toEqual(recorded);
    } finally {
      await freeswitch.stop();
      await media.stop();
    }
  },
);
