import { basename, dirname } from 'node:path';
import type { Response } from 'express';
import type { RecordingFormat } from '../../meetings/recordings/formats.ts';
import type { Recordings } from '../../meetings/recordings/recordings.ts';
import type { Recording } from '../../meetings/rules/recording.ts';
import { refusal } from '../problems.ts';

const TYPES: Readonly<Record<RecordingFormat, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  opus: 'audio/ogg',
};

export interface SoundAsked {
  readonly format?: RecordingFormat | undefined;
  readonly download?: boolean;
}

/** Sends the sound, or the part of it that a `Range` asks for. */
export async function sendSound(
  response: Response,
  recordings: Recordings,
  recording: Recording,
  { format = 'wav', download = false }: SoundAsked,
): Promise<void> {
  if (recording.endedAtMs === undefined)
    throw refusal('conflict', 'It is being recorded still: stop it first, or wait for the end.');
  if (!recordings.formats.includes(format))
    throw refusal('bad-input', 'Ask for wav: there is no ffmpeg here.', { parameter: 'format' });
  const path = await recordings.file(recording, format);
  response.type(TYPES[format]);
  if (download) response.attachment(basename(path)).type(TYPES[format]);
  await new Promise<void>((resolve, reject) => {
    const options = { root: dirname(path), cacheControl: false, dotfiles: 'allow' } as const;
    response.sendFile(basename(path), options, (error?: Error) => {
      // Players leave in the middle of a file; that is no fault.
      if (error === undefined || response.headersSent) resolve();
      else if ('status' in error && error.status === 416) resolve(refuseRange(response));
      else reject(error);
    });
  });
}

/** RFC 9110 section 15.5.17. */
function refuseRange(response: Response): void {
  response.status(416).end();
}
