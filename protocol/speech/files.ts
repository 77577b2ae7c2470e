import type { Language } from '../call/language.ts';
import { unreachable } from '../unreachable.ts';
import { SILENCE_MS } from './clip.ts';
import type { Clip } from './clip.ts';
import { digitClips, numberClips } from './number.ts';
import type { Phrase } from './phrase.ts';

/** Where the recordings are. */
export interface SoundFolders {
  readonly language: Language;
  /** Laid out as prompts/ is. A file of the first wins; the last, ours, has every sound and every clip. */
  readonly folders: readonly [string, ...string[]];
  readonly exists: (path: string) => boolean;
}

/** The files to play for phrases, in order: WAV, absolute where the folders are. */
export function filesOf(phrases: readonly Phrase[], where: SoundFolders): readonly string[] {
  return phrases.flatMap((phrase) => filesOfOne(phrase, where));
}

function filesOfOne(phrase: Phrase, where: SoundFolders): readonly string[] {
  switch (phrase.kind) {
    case 'clip':
      return [clipFile(phrase.clip, where)];
    case 'sound':
      return [found(`sounds/${phrase.sound}.wav`, where)];
    case 'number':
      return numberClips(phrase.value, where.language).map((clip) => clipFile(clip, where));
    case 'digits':
      return digitClips(phrase.text).map((clip) => clipFile(clip, where));
    case 'file':
      return [phrase.path];
    case 'silence':
      return Array.from({ length: Math.ceil(phrase.ms / SILENCE_MS) }, () =>
        found('sounds/silence.wav', where),
      );
    default:
      return unreachable(phrase);
  }
}

function clipFile(clip: Clip, where: SoundFolders): string {
  return found(`${where.language}/${clip}.wav`, where);
}

/** The last folder is not asked: a file missing there is to be noticed, not passed over. */
function found(name: string, { folders, exists }: SoundFolders): string {
  const paths = folders.map((folder) => `${folder.replace(/\/+$/, '')}/${name}`);
  return paths.slice(0, -1).find(exists) ?? paths.at(-1)!;
}
