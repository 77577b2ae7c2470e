import { useEffect } from 'preact/hooks';
import { words } from '../../words/words.ts';
import { ListedRows } from './listed-rows.tsx';
import type { DeskProps } from './page.tsx';
import { RecordingRow } from './recording-row.tsx';

/** What was recorded, the newest first: heard, saved, published by a link, deleted. */
export function Recordings({ desk }: DeskProps) {
  useEffect(() => desk.recordings.watch(), [desk]);
  const say = words('console').recordings;
  return (
    <main class="place">
      <header class="section-head">
        <h1>{say.heading}</h1>
      </header>
      <ListedRows
        of={desk.recordings}
        only={({ id }) => !desk.leaving.has(id)}
        empty={
          <div class="empty">
            <h2>{say.noneTitle}</h2>
            <p>{desk.session.offers.recording ? say.none : say.off}</p>
          </div>
        }
        row={(recording) => (
          <RecordingRow key={recording.id} desk={desk} of={desk.recordings} recording={recording} />
        )}
      />
    </main>
  );
}
