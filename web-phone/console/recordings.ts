import type { Answer } from '../../protocol/http/ask.ts';
import type { SessionSummary } from '../../protocol/http/history.ts';
import type { Problem } from '../../protocol/http/problem.ts';
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

/** The page stays, whatever the server answers. */
export function save(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

/** Why a recording is not heard. */
export type SoundFault =
  /** Nobody has it any more. */
  | { readonly kind: 'gone' }
  /** It broke off on its way here. */
  | { readonly kind: 'cut-off' }
  /** It is there, and this browser cannot make sound of it. */
  | { readonly kind: 'unplayable' }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** By the player's `MediaError.code`, which tells a missing file like a broken one, and by what the server says of the recording. */
export function soundFault(code: number | undefined, asked: Answer<unknown>): SoundFault {
  if (asked.ok) return { kind: code === CUT_OFF ? 'cut-off' : 'unplayable' };
  const { problem } = asked;
  return problem.status === 404 ? { kind: 'gone' } : { kind: 'refused', problem };
}

/** `MediaError.MEDIA_ERR_NETWORK` (HTML, 4.8.11.1). */
const CUT_OFF = 2;

type Times = Pick<SessionSummary, 'startedAt' | 'endedAt'>;

/** Whether it was made while people met: what grows or goes on has no end yet. */
export function isOfSession(recording: Times, session: Times): boolean {
  const endMs = ({ endedAt }: Times) => (endedAt === undefined ? Infinity : Date.parse(endedAt));
  return (
    Date.parse(recording.startedAt) < endMs(session) &&
    endMs(recording) > Date.parse(session.startedAt)
  );
}
