import { afterEach, beforeEach, expect, test } from 'vitest';
import { MediaProbe, OPEN_MIX } from '../../support/media-probe.ts';

let media: MediaProbe;
beforeEach(async () => {
  media = await MediaProbe.start();
});
afterEach(() => media.stop());

const openRoom = (sampleRateHz = 16_000) =>
  media.command({ kind: 'open-room', room: 'm-1', sampleRateHz });

test('three phones with three codecs each hear the two others and not themselves', async () => {
  openRoom();
  const a = await media.join('m-1', { codec: 'PCMU', toneHz: 400 });
  const b = await media.join('m-1', { codec: 'G722', toneHz: 620 });
  const c = await media.join('m-1', { codec: 'opus', toneHz: 900 });
  await Promise.all([
    a.peer.hearsOnly(620, 900),
    b.peer.hearsOnly(400, 900),
    c.peer.hearsOnly(400, 620),
  ]);
});
