import { say, stay } from './talk.ts';
import type { Admitting, Input, Naming, Step } from './talk.ts';

/** After so many seconds of silence a recording ends by itself. */
export const SILENCE_SECONDS = 2;
/** The longest name. */
export const NAME_SECONDS = 4;

/** Shorter than the silence that ended it, and the moments around it: nobody spoke. */
const SILENT_MS = SILENCE_SECONDS * 1000 + 300;
/** Ended by `#` before anybody could have said a name. */
const CUT_MS = 300;
const TRIES = 2;

/** Asks a caller whom nobody knows for the name, which is recorded. */
export function askName({ before, admitted }: Admitting): Step {
  return [
    { at: 'naming', recording: false, tries: 1, then: { before, admitted } },
    [say({ kind: 'say-name' })],
  ];
}

export function whileNaming(talk: Naming, input: Input): Step {
  switch (input.kind) {
    case 'said':
      return talk.recording ? stay(talk) : [{ ...talk, recording: true }, [{ kind: 'record' }]];
    case 'key':
      // Before the tone it is the one that ended the code.
      if (input.key !== '#' || !talk.recording) return stay(talk);
      return [{ ...talk, whole: true }, [{ kind: 'hush' }]];
    case 'recorded':
      return talk.recording ? recorded(talk, input.ms) : stay(talk);
    case 'again':
      return [{ ...talk, recording: false }, [say({ kind: 'say-name' })]];
    default:
      return stay(talk);
  }
}

/** Who says nothing twice comes in without a name. */
function recorded(talk: Naming, ms: number): Step {
  const heard = ms >= CUT_MS && (talk.whole === true || !isSilence(ms));
  if (!heard && talk.tries < TRIES)
    return [
      { at: 'naming', recording: false, tries: talk.tries + 1, then: talk.then },
      [say({ kind: 'name-again' })],
    ];
  const { before, admitted } = talk.then;
  return [
    {
      at: 'admitting',
      before: before.at === 'ringing' ? { at: 'greeted' } : before,
      admitted,
      named: true,
      stale: false,
    },
    [...(heard ? [{ kind: 'keep-name' } as const] : []), { kind: 'admit', admitted }],
  ];
}

/** It lasted as long as the silence that ends a recording: there was nothing else in it. */
function isSilence(ms: number): boolean {
  return ms >= SILENCE_SECONDS * 1000 - 300 && ms <= SILENT_MS;
}
