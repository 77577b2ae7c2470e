import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RealFreeswitch } from '../support/freeswitch.ts';
import { play } from './script.ts';
import { normalise } from './transcript.ts';

const ROOT = join(import.meta.dirname, '../..');
const RECORDED = join(ROOT, 'tests/data/freeswitch-1.11.1/conformance.txt');

describe.skipIf(RealFreeswitch.program() === '')('a real FreeSWITCH', () => {
  test('says what was recorded of it', { timeout: 120_000 }, async () => {
    const freeswitch = await RealFreeswitch.start();
    try {
      const prompts = join(ROOT, 'prompts/en');
      const { eslPort, password, sipPort } = freeswitch;
      const transcript = await play({ eslPort, password, sip: `127.0.0.1:${sipPort}`, prompts });
      const recorded = readFileSync(RECORDED, 'utf8').trimEnd().split('\n');
      expect(normalise(transcript, prompts)).toEqual(recorded);
    } finally {
      await freeswitch.stop();
    }
  });
});
