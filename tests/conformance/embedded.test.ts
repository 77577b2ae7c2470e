import { describe, expect, test } from 'vitest';
import type { Log } from '../../protocol/log.ts';
import { startEmbeddedFreeswitch } from '../../switch/embedded.ts';
import { readRecorded, withSounds } from './recorded.ts';
import { playScene } from './scene.ts';
import { SCRIPT } from './script.ts';

const log: Log = () => undefined;

describe('the embedded switch says what a real FreeSWITCH was recorded saying', () => {
  // Each has a switch of its own, and they mostly wait: so they wait together.
  test.concurrent.each(SCRIPT)('$name', { timeout: 60_000 }, async (scene) => {
    const freeswitch = await startEmbeddedFreeswitch({
      mediaHost: '127.0.0.1',
      publicHost: '127.0.0.1',
      rtpPorts: { first: 37_000, last: 37_999 },
      log,
    });
    try {
      const { port: eslPort, password, sip } = freeswitch;
      await withSounds(async (folder) => {
        const engine = { eslPort, password, sip: `${sip.host}:${sip.port}`, folder };
        expect(await playScene(scene, engine)).toEqual(readRecorded(scene.name));
      });
    } finally {
      await freeswitch.stop();
    }
  });
});
