import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSdp } from '../../../protocol/sdp/format.ts';
import { negotiate } from '../../../protocol/sdp/negotiate.ts';
import { parseSdp, SdpError } from '../../../protocol/sdp/parse.ts';

const NAMES = [
  'chromium-156-audio',
  'chromium-156-audio-video',
  'baresip-1.0.0',
  'sipp-3.6.1-uac',
] as const;
const sample = (name: string) =>
  readFileSync(new URL(`../../data/sdp/${name}.sdp`, import.meta.url), 'utf8');

test.each(NAMES)('%s survives parsing, formatting and parsing', (name) => {
  const session = parseSdp(sample(name));
  expect(parseSdp(formatSdp(session))).toEqual(session);
});

test('bare line feeds read as CRLF', () => {
  const text = sample('baresip-1.0.0');
  expect(parseSdp(text.replaceAll('\n', '\r\n'))).toEqual(parseSdp(text.replaceAll('\r', '')));
});

test.each([
  ['65537 characters', 'v=0\r\n'.padEnd(65_537, 'a')],
  ['33 media lines', `v=0\r\no=- 1 1 IN IP4 x\r\n${'m=audio 1 RTP/AVP 0\r\n'.repeat(33)}`],
  ['2001 lines', `v=0\r\no=- 1 1 IN IP4 x\r\n${'\r\n'.repeat(2000)}`],
])('%s are too much', (_name, text) => {
  expect(() => parseSdp(text)).toThrow(SdpError);
});

/** Cuts, swaps and flips in real descriptions: each is read or refused, never a crash. */
test('5000 damaged descriptions are read or refused', () => {
  const damaged = fc
    .tuple(
      fc.constantFrom(...NAMES.map(sample)),
      fc.array(fc.tuple(fc.nat(3000), fc.nat(40), fc.string({ maxLength: 12, unit: 'binary' })), {
        minLength: 1,
        maxLength: 6,
      }),
    )
    .map(([text, cuts]) =>
      cuts.reduce(
        (t, [at, n, put]) => t.slice(0, at % t.length) + put + t.slice((at % t.length) + n),
        text,
      ),
    );
  fc.assert(
    fc.property(damaged, (text) => {
      const outcome = negotiate(text);
      expect(['agreed', 'refused']).toContain(outcome.kind);
    }),
    { numRuns: 5_000, seed: 20_261_122 },
  );
});

test('64 KiB of one character is read in under 50 ms', () => {
  for (const filler of ['a', ' ', ':', '\r', '/', '0']) {
    const text = `v=0\r\no=- 1 1 IN IP4 x\r\nc=IN IP4 1.2.3.4\r\nm=audio 1 RTP/AVP ${filler.repeat(65_000)}`;
    // What else the machine does takes time from one try, not from all.
    const took = [1, 2, 3].map(() => {
      const before = performance.now();
      negotiate(text.slice(0, 65_536));
      return performance.now() - before;
    });
    expect(Math.min(...took)).toBeLessThan(50);
  }
});
