import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RecordingView } from '../../../protocol/http/recordings.ts';
import { Button } from '../../style/button.tsx';
import { Copy } from '../../style/copy.tsx';
import { formatDuration } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { Menu } from '../../style/menu.tsx';
import type { MenuItem } from '../../style/menu.tsx';
import { currentTongue, words } from '../../words/words.ts';
import { runsHouse } from '../places.ts';
import { soundAddress, soundToHear } from '../recordings.ts';
import { formatRoute } from '../route.ts';
import { bytesText } from '../system-words.ts';
import { ListedRows } from './listed-rows.tsx';
import type { DeskProps } from './page.tsx';

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
        row={(recording) => <RecordingRow key={recording.id} desk={desk} recording={recording} />}
      />
    </main>
  );
}

type RowProps = DeskProps & { readonly recording: RecordingView };

function RecordingRow({ desk, recording }: RowProps) {
  const listening = useSignal(false);
  const say = words('console').recordings;
  const isDone = recording.state === 'done';
  return (
    <li class="row-card recording">
      <span class={`lamp${isDone ? '' : ' lamp-on'}`} aria-hidden="true">
        <Icon name="record" />
      </span>
      <About desk={desk} recording={recording} />
      {isDone && (
        <span class="row-actions">
          <Button
            size="small"
            icon={listening.value ? 'close' : 'sound'}
            label={(listening.value ? say.stopTo : say.listenTo)(whichOf(recording))}
            expanded={listening.value}
            onClick={() => (listening.value = !listening.value)}
          >
            {listening.value ? say.stop : say.listen}
          </Button>
          <Menu
            label={say.more(whichOf(recording))}
            icon="more"
            items={() => choices(desk, recording)}
          />
        </span>
      )}
      {listening.value && (
        <audio
          class="recording-sound"
          controls
          autoplay
          src={soundToHear(recording)}
          aria-label={say.sound(whichOf(recording))}
        />
      )}
    </li>
  );
}

function About({ desk, recording }: RowProps) {
  const { meeting, startedAt, durationMs, bytes, published, url, state } = recording;
  const say = words('console').recordings;
  const size = bytesText(bytes, currentTongue().locale);
  const isThere = desk.feed.value.meetings.has(meeting);
  const name = <bdi>{nameOf(recording)}</bdi>;
  return (
    <span class="row-words">
      <span class="person-name">
        {isThere ? <a href={formatRoute({ kind: 'meeting', id: meeting })}>{name}</a> : name}
        {published && <span class="badge">{say.published}</span>}
        {state === 'recording' && <span class="badge">{say.now}</span>}
      </span>
      <span class="soft">
        {spokenTime(startedAt)}
        {state === 'done' && ` · ${say.lasts(formatDuration(durationMs), size)}`}
      </span>
      {url !== undefined && (
        <span class="recording-link soft">
          {say.isPublished} <Copy text={url} what={say.link} />
        </span>
      )}
    </span>
  );
}

function choices(
  desk: DeskProps['desk'],
  recording: RecordingView,
): readonly (MenuItem | undefined)[] {
  const say = words('console').recordings;
  const saved = recording.formats.map(
    (format) =>
      ({
        words: say.save(say.formats[format]),
        icon: 'save',
        onChoose: () => save(soundAddress(recording, { format, isFile: true })),
      }) as const,
  );
  if (!runsHouse(desk.session.who)) return saved;
  return [
    ...saved,
    undefined,
    {
      words: recording.published ? say.unpublish : say.publish,
      icon: 'link',
      onChoose: () => void publish(desk, recording, !recording.published),
    },
    {
      words: say.delete,
      icon: 'trash',
      look: 'danger',
      onChoose: () => {
        const { id } = recording;
        const text = say.deleted(whichOf(recording));
        desk.leaving.take({ id, text, remove: () => desk.recordings.remove(id) });
      },
    },
  ];
}

async function publish(
  desk: DeskProps['desk'],
  recording: RecordingView,
  published: boolean,
): Promise<void> {
  const answer = await desk.recordings.change(recording.id, { published });
  if (!answer.ok) return desk.refused(answer.problem);
  const { isPublished, isPrivate } = words('console').recordings;
  desk.notices.done(
    published ? isPublished : isPrivate,
    () => void publish(desk, recording, !published),
    { about: `publishing ${recording.id}` },
  );
}

/** The page stays, whatever the server answers. */
function save(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

function nameOf({ name }: RecordingView): string {
  return name === '' ? words('console').recordings.nameless : name;
}

function whichOf(recording: RecordingView): string {
  return words('console').recordings.which(nameOf(recording), spokenTime(recording.startedAt));
}
