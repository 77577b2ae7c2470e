import { describe, expect, test } from 'vitest';
import { delayOf, lossOf, verdictOf } from '../../../web-phone/phone/echo-findings.ts';
import type { EchoFindings } from '../../../web-phone/phone/echo-findings.ts';
import { echoTarget } from '../../../web-phone/phone/echo-test.ts';
import { Dice } from '../../support/dice.ts';

const STEP_MS = 20;

/** A voice's envelope: words of uneven lengths with pauses between, as a meter shows them. */
function voice(looks: number, seed = 7): number[] {
  const dice = new Dice(seed);
  const levels: number[] = [];
  for (let talks = true; levels.length < looks; talks = !talks) {
    const level = (talks ? 50 + dice.below(40) : dice.below(5)) / 100;
    for (let left = 5 + dice.below(25); left > 0; left--) levels.push(level);
  }
  return levels.slice(0, looks);
}

function later(levels: readonly number[], ms: number, gain = 1): number[] {
  const silence = Array.from({ length: ms / STEP_MS }, () => 0);
  return [...silence, ...levels.map((level) => level * gain)].slice(0, levels.length);
}

describe('how late one’s own voice comes back', () => {
  test.each([600, 1000, 1120, 1480, 2200])('is found to be %i ms', (ms) => {
    const said = voice(300);
    expect(delayOf(said, later(said, ms), STEP_MS)).toBe(ms);
  });

  test('is found where it is softer and the line hisses', () => {
    const [said, dice] = [voice(300), new Dice(3)];
    const heard = later(said, 1100, 0.6).map((level) => level + dice.below(10) / 100);
    expect(delayOf(said, heard, STEP_MS)).toBe(1100);
  });

  test('is the usual one where a beat makes several as likely', () => {
    const said = Array.from({ length: 300 }, (_, at) => (at % 25 < 8 ? 0.8 : 0.02));
    expect(delayOf(said, later(said, 1100), STEP_MS)).toBe(1100);
  });

  test('is not said of silence, of a steady tone, of another’s voice, or before it could be known', () => {
    const said = voice(300);
    const silence = said.map(() => 0);
    const tone = said.map(() => 0.7);
    expect(delayOf(said, silence, STEP_MS)).toBeUndefined();
    expect(delayOf(tone, later(tone, 1000), STEP_MS)).toBeUndefined();
    expect(delayOf(said, voice(300, 99), STEP_MS)).toBeUndefined();
    expect(delayOf(said.slice(0, 60), later(said, 1000).slice(0, 60), STEP_MS)).toBeUndefined();
  });
});

describe('what an echo test says', () => {
  const found: EchoFindings = { forMs: 8000, said: 0.8, heard: 0.7, receives: true };
  test.each([
    ['nothing before six seconds', { ...found, forMs: 5000 }, undefined],
    ['at once where the voice came back', { ...found, forMs: 3000, delayMs: 1100 }, 'heard'],
    ['where it came back and cannot be told from others', found, 'heard'],
    ['a soft voice', { ...found, said: 0.3, delayMs: 1100 }, 'faint'],
    ['a line that loses', { ...found, delayMs: 1100, lostPercent: 8 }, 'heard-badly'],
    ['a microphone that hears nothing', { ...found, said: 0.02, heard: 0 }, 'silent'],
    ['a voice that does not come back', { ...found, heard: 0.01 }, 'nothing-back'],
    ['a firewall', { ...found, heard: 0, receives: false }, 'nothing-received'],
  ] as const)('%s', (_what, findings, verdict) => {
    expect(verdictOf(findings)).toBe(verdict);
  });
});

describe('what was lost', () => {
  test('is the worse of both ways, in percent', () => {
    const counters = [
      { type: 'inbound-rtp', packetsReceived: 990, packetsLost: 10 },
      { type: 'remote-inbound-rtp', fractionLost: 0.04 },
      { type: 'candidate-pair', packetsReceived: 5 },
    ];
    expect(lossOf(counters)).toEqual({ receives: true, lostPercent: 4 });
  });

  test('is unknown where nothing arrived; duplicates (a negative loss) are none', () => {
    expect(lossOf([{ type: 'inbound-rtp', packetsReceived: 0 }])).toEqual({ receives: false });
    expect(lossOf([{ type: 'inbound-rtp', packetsReceived: 9, packetsLost: -3 }])).toEqual({
      receives: true,
      lostPercent: 0,
    });
  });
});

test('the echo test is where the meeting’s address is', () => {
  expect(echoTarget('sip:m-abc@pbx.example:5060')).toBe('sip:*43@pbx.example:5060');
});
