import { setImmediate as turn } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../protocol/call/language.ts';
import type { Language } from '../../protocol/call/language.ts';
import type { Clip, Sound } from '../../protocol/speech/clip.ts';
import type { CodecName } from '../../switch/media/dsp/codec.ts';
import { loadCodecs } from '../../switch/media/dsp/codecs.ts';
import { loadResampler } from '../../switch/media/dsp/resampler.ts';
import { Dice } from './dice.ts';
import { PromptEar, promptsIn, recordingsOf } from './prompt-ear.ts';
import { mixed, overLine, playlist, PROMPT_RATE_HZ, shuffled, warped } from './prompt-line.ts';
import { clipsIn } from './prompt-print.ts';
import { ToneSource, TONES_HZ } from './tone-meter.ts';
import { voice } from './voice.ts';

beforeAll(async () => {
  await loadCodecs();
  await loadResampler();
});

const TONES = ['join', 'leave', 'beep'] as const;

function everything(language: Language): readonly (Clip | Sound)[] {
  return [...clipsIn(language), ...TONES];
}

async function namesIn(pcm: Int16Array, language: Language): Promise<readonly string[]> {
  const heard = await promptsIn(pcm, { language, rateHz: PROMPT_RATE_HZ });
  return heard.map(({ name }) => name);
}

describe('an ear for prompts', () => {
  // Every third recording in each: an ear takes its time.
  test.each(LANGUAGES.map((language, first) => ({ language, first })))(
    'takes no recording for another ($language, a telephone line)',
    async ({ language, first }) => {
      const names = everything(language).filter((_, i) => i % 3 === first);
      const { pcm, beginsMs } = playlist(names, language, 300);
      const line = overLine(pcm, 'PCMU');
      const heard = await promptsIn(line.pcm, { language, rateHz: line.rateHz });
      expect(heard.map(({ name }) => name)).toEqual(names);
      const late = heard.filter(({ fromMs }, i) => Math.abs(fromMs - beginsMs[i]!) > 40);
      expect(late).toEqual([]);
    },
    120_000,
  );

  const lines: readonly {
    codec: CodecName;
    language: Language;
    gainDb: number;
    tonesDb: number;
    isWarped: boolean;
  }[] = [
    { codec: 'PCMU', language: 'de', gainDb: 0, tonesDb: -20, isWarped: true },
    { codec: 'G722', language: 'de', gainDb: -20, tonesDb: -10, isWarped: false },
    { codec: 'opus', language: 'en', gainDb: -3, tonesDb: -10, isWarped: true },
  ];
  test.each(lines)(
    'knows eight of them without a pause between, with tones of the room beside: %j',
    async ({ codec, language, gainDb, tonesDb, isWarped }) => {
      const dice = new Dice(7);
      const names = shuffled(everything(language), dice).slice(0, 8);
      const { pcm } = playlist(names, language, 0);
      const room = mixed(pcm, { gainDb, tonesDb, tonesHz: [770, 1330] });
      const line = overLine(isWarped ? warped(room, dice) : room, codec);
      const heard = await promptsIn(line.pcm, { language, rateHz: line.rateHz });
      expect(heard.map(({ name }) => name)).toEqual(names);
    },
    120_000,
  );

  test('hears no German in English, and no English in German', async () => {
    const dice = new Dice(5);
    for (const [spoken, listening] of [
      ['en', 'de'],
      ['de', 'en'],
    ] as const) {
      const { pcm } = playlist(shuffled(clipsIn(spoken), dice).slice(0, 12), spoken, 300);
      expect(await namesIn(pcm, listening)).toEqual([]);
    }
  }, 120_000);

  test('hears nothing in silence, in noise, in tones that change and in a strange voice', async () => {
    const dice = new Dice(11);
    const tones = new Int16Array(10 * PROMPT_RATE_HZ);
    for (let at = 0; at < tones.length; at += 4800)
      new ToneSource(dice.pick(TONES_HZ), PROMPT_RATE_HZ).fill(tones.subarray(at, at + 4800));
    const noise = Int16Array.from({ length: 10 * PROMPT_RATE_HZ }, () => dice.below(8000) - 4000);
    expect(await namesIn(new Int16Array(10 * PROMPT_RATE_HZ), 'en')).toEqual([]);
    expect(await namesIn(noise, 'en')).toEqual([]);
    expect(await namesIn(tones, 'en')).toEqual([]);
    expect(await namesIn(voice(PROMPT_RATE_HZ), 'en')).toEqual([]);
  });

  test('does not hear what was broken off', async () => {
    const { pcm } = playlist(['welcome-enter-code'], 'en', 0);
    const cut = pcm.map((sample, i) => (i < pcm.length * 0.7 ? sample : 0));
    expect(await namesIn(cut, 'en')).toEqual([]);
  });

  test('hears the same twice in a row twice', async () => {
    const { pcm } = playlist(['number-4', 'number-4', 'muted', 'muted'], 'en', 0);
    expect(await namesIn(pcm, 'en')).toEqual(['number-4', 'number-4', 'muted', 'muted']);
  });

  test('knows music on hold wherever one begins to listen', async () => {
    const { pcm } = playlist(['hold-music'], 'en', 0);
    const heard = await namesIn(pcm.subarray(5.5 * PROMPT_RATE_HZ, 12 * PROMPT_RATE_HZ), 'en');
    expect(heard).toEqual(['hold-music', 'hold-music', 'hold-music']);
  });
});

describe('an ear on a live call', () => {
  /** Feeds 20 ms at a time; when (in ms of the stream) the promise had resolved. */
  async function feed(ear: PromptEar, pcm: Int16Array, awaited: Promise<unknown>): Promise<number> {
    let settled = false;
    void awaited.finally(() => (settled = true));
    for (let at = 0; at < pcm.length; at += 320) {
      ear.push(pcm.subarray(at, at + 320));
      await turn();
      if (settled) return at / 16;
    }
    throw new Error('the call ended first');
  }

  test('tells of a saying within half a second of its end', async () => {
    const saying = { kind: 'lobby-place', place: 21 } as const;
    const { pcm } = playlist(recordingsOf(saying, 'de'), 'de', 0);
    const call = new Int16Array(pcm.length + PROMPT_RATE_HZ);
    call.set(pcm);
    const ear = await PromptEar.open({ language: 'de', rateHz: PROMPT_RATE_HZ });
    const heardMs = await feed(ear, call, ear.hearsSaying(saying));
    expect(heardMs - pcm.length / 16).toBeLessThan(500);
    expect(ear.heard.map(({ name }) => name)).toEqual(['your-place', 'number-1-und', 'number-20']);
  });

  test('a second wait is for what comes after the first', async () => {
    const { pcm } = playlist(['muted', 'unmuted', 'muted'], 'en', 200);
    const ear = await PromptEar.open({ language: 'en', rateHz: PROMPT_RATE_HZ });
    const waiting = ear.hearsSaying({ kind: 'muted' });
    ear.push(pcm);
    ear.end();
    const [first] = await waiting;
    const [second] = await ear.hears(['muted']);
    expect(second!.fromMs).toBeGreaterThan(first!.toMs);
    await expect(ear.hears(['muted'], 1)).rejects.toThrow('waited for [muted] and heard []');
  });

  test('says what it heard when it waited in vain', async () => {
    const ear = await PromptEar.open({ language: 'en', rateHz: PROMPT_RATE_HZ });
    ear.push(playlist(['wrong-code', 'goodbye'], 'en', 400).pcm);
    await expect(ear.hearsSaying({ kind: 'joining' }, 1)).rejects.toThrow(
      'waited for [joining] and heard [wrong-code, goodbye]',
    );
  });

  test('passes over a recorded name, which it cannot know', () => {
    const saying = { kind: 'name-joined', name: '/data/names/1.wav' } as const;
    expect(recordingsOf(saying, 'en')).toEqual(['has-joined']);
  });
});
