import type { RecordingView } from '../../protocol/http/recordings.ts';

type Format = RecordingView['formats'][number];

/** Where its sound is had; as a file to keep, or to be heard in the page. */
export function soundAddress(
  { id }: Pick<RecordingView, 'id'>,
  { format, isFile }: { readonly format: Format; readonly isFile: boolean },
): string {
  const asked = new URLSearchParams({ format, ...(isFile && { download: 'true' }) });
  return `/api/v1/recordings/${encodeURIComponent(id)}/audio?${asked.toString()}`;
}

/** What every browser plays, and the smallest of it: Safari knows no Ogg. */
const TO_HEAR: readonly Format[] = ['mp3', 'wav'];

/** Where a page plays it from. */
export function soundToHear(recording: Pick<RecordingView, 'id' | 'formats'>): string {
  const format = TO_HEAR.find((each) => recording.formats.includes(each)) ?? 'wav';
  return soundAddress(recording, { format, isFile: false });
}
