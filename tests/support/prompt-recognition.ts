import type { Language } from '../../protocol/call/language.ts';
import type { Clip, Sound } from '../../protocol/speech/clip.ts';
import { Likeness } from './prompt-likeness.ts';
import type { Print } from './prompt-print.ts';
import { EAR_RATE_HZ, HOP } from './spectrum.ts';

/** A recording that was heard whole, in the stream's own time. */
export interface Heard {
  readonly name: Clip | Sound;
  readonly fromMs: number;
  readonly toMs: number;
  /** 1 is the same. */
  readonly likeness: number;
}

/** Frames from a recording's end to the decision that it was heard. */
export const SETTLING = 20;
/** From here on it may be the recording. */
const LIKE = 0.79;
/** A longer recording is preferred to a part of it that is so much more alike. */
const LENIENCE = 0.035;
/** Longer by this factor counts as longer. */
const LONGER = 1.3;
/** Frames that a longer recording explains beyond the short one that is taken for a part of it. */
const MORE = 8;
/** Frames at a short recording's edges that a longer one need not cover. */
const EDGE = 4;

interface Candidate {
  readonly print: Print;
  readonly from: number;
  readonly end: number;
  readonly likeness: number;
}

/** Decides which recordings are in a stream of frames. */
export class Recognition {
  readonly #prints: readonly Print[];
  readonly #language: Language;
  readonly #likeness: Likeness;
  readonly #candidates = new Map<Print, Candidate>();
  /** Where each print last ended, heard or not: it does not begin before. */
  readonly #ended = new Map<Print, number>();
  #accepted: Candidate[] = [];

  /**
   * Tells only of what is spoken in `language`, or of none. The other prints keep foreign words from
   * being taken for short ones of this language.
   */
  constructor(prints: readonly Print[], language: Language) {
    this.#prints = prints;
    this.#language = language;
    this.#likeness = new Likeness(prints);
  }

  /** What is decided with this frame. */
  push(bands: Float32Array): readonly Heard[] {
    this.#likeness.push(bands);
    for (const print of this.#prints) this.#consider(print);
    const now = this.#likeness.time;
    const due = [...this.#candidates.values()].filter(({ end }) => now - end >= SETTLING);
    return due
      .filter((candidate) => this.#decide(candidate))
      .filter(({ print }) => (print.language ?? this.#language) === this.#language)
      .map(heardOf);
  }

  #consider(print: Print): void {
    const end = this.#likeness.time;
    const likeness = this.#likeness.of(print, end, LIKE);
    if (likeness < LIKE || likeness <= (this.#candidates.get(print)?.likeness ?? 0)) return;
    const from = end - print.frames;
    if (from < (this.#ended.get(print) ?? -Infinity) - EDGE) return;
    this.#candidates.set(print, { print, from, end, likeness });
  }

  #decide(candidate: Candidate): boolean {
    this.#candidates.delete(candidate.print);
    this.#ended.set(candidate.print, candidate.end);
    const rivals = [...this.#accepted, ...this.#candidates.values()];
    if (rivals.some((rival) => beats(rival, candidate))) return false;
    if (this.#prints.some((print) => this.#isPartOf(print, candidate))) return false;
    this.#accepted = [...this.#accepted.slice(-20), candidate];
    return true;
  }

  /** Whether a longer recording, as far as it was heard yet, explains all of the candidate. */
  #isPartOf(longer: Print, { print, from, end, likeness }: Candidate): boolean {
    if (longer.frames < print.frames * LONGER) return false;
    return longer.pieces.some((piece, i) => {
      const frames = longer.frames - piece.after;
      if (frames < print.frames + MORE) return false;
      const last = Math.min(this.#likeness.time, from + EDGE + frames);
      for (let at = end - EDGE; at <= last; at++)
        if (this.#likeness.of(longer, at, likeness - LENIENCE, i + 1) > 0) return true;
      return false;
    });
  }
}

function beats(rival: Candidate, candidate: Candidate): boolean {
  const shared = Math.min(rival.end, candidate.end) - Math.max(rival.from, candidate.from);
  const shorter = Math.min(rival.print.frames, candidate.print.frames);
  if (shared * 2 < shorter) return false;
  const isShorter = rival.print.frames * LONGER < candidate.print.frames;
  return rival.likeness > candidate.likeness + (isShorter ? LENIENCE : 0);
}

function heardOf({ print, from, end, likeness }: Candidate): Heard {
  const ms = (frames: number): number => Math.round((frames * HOP * 1000) / EAR_RATE_HZ);
  return { name: print.name, fromMs: ms(from), toMs: ms(end), likeness };
}
