import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RealFreeswitch } from '../support/freeswitch.ts';
import { readRecorded, withSounds, writeRecorded } from './recorded.ts';
import { playScene } from './scene.ts';
import { SCRIPT } from './script.ts';

/** With RECORD=1 what it says is kept as what it is held to from then on. */
const RECORDS = process.env.RECORD === '1';

describe.skipIf(RealFreeswitch.program() === '')('a real FreeSWITCH says what was recorded', () => {
  let freeswitch: RealFreeswitch;

  beforeAll(async () => {
    freeswitch = await RealFreeswitch.start();
  }, 60_000);

  afterAll(() => freeswitch.stop());

  test.each(SCRIPT)('$name', { timeout: 90_000 }, async (scene) => {
    const { eslPort, password, sipPort } = freeswitch;
    await withSounds(async (folder) => {
      const engine = { eslPort, password, sip: `127.0.0.1:${sipPort}`, folder };
      const said = await playScene(scene, engine);
      if (RECORDS) writeRecorded(scene.name, said);
      expect(said).toEqual(readRecorded(scene.name));
    });
  });
});
