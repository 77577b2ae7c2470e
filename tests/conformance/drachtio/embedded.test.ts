import { describe, expect, test } from 'vitest';
import { startDrachtio } from '../../../switch/drachtio/drachtio.ts';
import { playScene, readRecorded } from './recorded.ts';
import { SCRIPT } from './scenes.ts';

describe('the embedded drachtio says what drachtio-server was recorded saying', () => {
  test.each(SCRIPT)('$name', { timeout: 30_000 }, async (scene) => {
    const server = await startDrachtio({
      host: '127.0.0.1',
      port: 0,
      secret: 'open sesame',
      sip: { host: '127.0.0.1', port: 0, wsPort: 0 },
      log: () => undefined,
    });
    try {
      expect(await playScene(scene, server)).toEqual(readRecorded(scene.name));
    } finally {
      await server.stop();
    }
  });
});
