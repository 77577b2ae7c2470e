import { describe, expect, test } from 'vitest';
import { DRACHTIO_BIN, startRealDrachtio } from '../../support/real-drachtio.ts';
import { playScene, readRecorded, writeRecorded } from './recorded.ts';
import { SCRIPT } from './scenes.ts';

/** With RECORD=1 what it says is kept as what it is held to from then on. */
const RECORDS = process.env.RECORD === '1';

describe.skipIf(DRACHTIO_BIN === undefined)('drachtio-server says what was recorded', () => {
  test.each(SCRIPT)('$name', { timeout: 60_000 }, async (scene) => {
    const server = await startRealDrachtio('open sesame');
    try {
      const said = await playScene(scene, server);
      if (RECORDS) writeRecorded(scene.name, said);
      expect(said).toEqual(readRecorded(scene.name));
    } finally {
      await server.stop();
    }
  });
});
