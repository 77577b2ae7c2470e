import type { MediaCommand, MediaEvent } from './contract.ts';
import { FileSound, madeSound, PlayQueue } from './play.ts';
import type { Play } from './play.ts';
import { readSound } from './sound-file.ts';

type PlayCommand = Extract<MediaCommand, { readonly kind: 'play' }>;

/** Where no target is, the rate that nothing was played at. */
const NO_RATE_HZ = 8000;

/** Makes plays of commands and tells how each ended. */
export class Player {
  readonly #ffmpeg: string | undefined;
  readonly #emit: (event: MediaEvent) => void;

  constructor(ffmpeg: string | undefined, emit: (event: MediaEvent) => void) {
    this.#ffmpeg = ffmpeg;
    this.#emit = emit;
  }

  newQueue(sampleRateHz: number): PlayQueue {
    return new PlayQueue(sampleRateHz, ({ id, samples }, why) =>
      this.#emit({ kind: 'play-ended', play: id, samples, sampleRateHz, why }),
    );
  }

  /** `queue` undefined: there is no such leg or room. */
  play(
    { play: id, source, loops, replacesMix = false }: PlayCommand,
    queue: PlayQueue | undefined,
  ): void {
    if (!queue) {
      const nothing = { samples: 0, sampleRateHz: NO_RATE_HZ };
      this.#emit({ kind: 'play-ended', play: id, ...nothing, why: 'not-playable' });
      return;
    }
    const play: Play = { id, loops, replacesMix, samples: 0, sound: undefined };
    queue.add(play);
    if (source.kind === 'file') void this.#load(queue, play, source.path);
    else play.sound = madeSound(source, queue.sampleRateHz, loops);
  }

  async #load(queue: PlayQueue, play: Play, path: string): Promise<void> {
    const audio = await readSound(path, this.#ffmpeg);
    if (!queue.has(play)) return;
    if (audio) play.sound = new FileSound(audio, queue.sampleRateHz, play.loops);
    else queue.end(play.id, 'not-playable');
  }
}
