import { useSignal } from '@preact/signals';
import type { RecordingView } from '../../../protocol/http/recordings.ts';
import { Button } from '../../style/button.tsx';
import { Copy } from '../../style/copy.tsx';
import { formatDuration } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { Menu } from '../../style/menu.tsx';
import type { MenuItem } from '../../style/menu.tsx';
import { currentTongue, words } from '../../words/words.ts';
import type { Listed } from '../listed.ts';
import { runsHouse } from '../places.ts';
import { save, soundAddress } from '../recordings.ts';
import { formatRoute } from '../route.ts';
import { bytesText } from '../system-words.ts';
import type { DeskProps } from './page.tsx';
import { RecordingSound } from './recording-sound.tsx';

type RowProps = DeskProps & {
  /** The list that it stands in. */
  readonly of: Listed<RecordingView>;
  readonly recording: RecordingView;
  /** It stands under the meeting's name. */
  readonly inSession?: boolean;
};

/** One recording: heard, saved, published by a link, deleted. */
export function RecordingRow(props: RowProps) {
  const { of, recording } = props;
  const listening = useSignal(false);
  const say = words('console').recordings;
  const isDone = recording.state === 'done';
  return (
    <li class="row-card recording">
      <span class={`lamp${isDone ? '' : ' lamp-on'}`} aria-hidden="true">
        <Icon name="record" />
      </span>
      <About {...props} />
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
          <Menu label={say.more(whichOf(recording))} icon="more" items={() => choices(props)} />
        </span>
      )}
      {listening.value && (
        <RecordingSound
          recording={recording}
          label={say.sound(whichOf(recording))}
          onReload={() => void of.look()}
        />
      )}
    </li>
  );
}

function About(props: RowProps) {
  const { recording, inSession = false } = props;
  const { startedAt, durationMs, bytes, published, url, state } = recording;
  const say = words('console').recordings;
  const size = bytesText(bytes, currentTongue().locale);
  const facts = [
    !inSession && spokenTime(startedAt),
    state === 'done' && say.lasts(formatDuration(durationMs), size),
  ].filter((each) => each !== false);
  return (
    <span class="row-words">
      <span class="person-name">
        {inSession ? spokenTime(startedAt) : <Meeting {...props} />}
        {published && <span class="badge">{say.published}</span>}
        {state === 'recording' && <span class="badge">{say.now}</span>}
      </span>
      <span class="soft">{facts.join(' · ')}</span>
      {url !== undefined && (
        <span class="recording-link soft">
          {say.isPublished} <Copy text={url} what={say.link} />
        </span>
      )}
    </span>
  );
}

function Meeting({ desk, recording }: RowProps) {
  const { meeting: id } = recording;
  const name = <bdi>{nameOf(recording)}</bdi>;
  if (!desk.feed.value.meetings.has(id)) return name;
  return <a href={formatRoute({ kind: 'meeting', id })}>{name}</a>;
}

function choices(props: RowProps): readonly (MenuItem | undefined)[] {
  const { desk, of, recording } = props;
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
      onChoose: () => void publish(props, !recording.published),
    },
    {
      words: say.delete,
      icon: 'trash',
      look: 'danger',
      onChoose: () => {
        const { id } = recording;
        const text = say.deleted(whichOf(recording));
        desk.leaving.take({ id, text, remove: () => of.remove(id) });
      },
    },
  ];
}

async function publish(props: RowProps, published: boolean): Promise<void> {
  const { desk, of, recording } = props;
  const answer = await of.change(recording.id, { published });
  if (!answer.ok) return desk.refused(answer.problem);
  const { isPublished, isPrivate } = words('console').recordings;
  desk.notices.done(published ? isPublished : isPrivate, () => void publish(props, !published), {
    about: `publishing ${recording.id}`,
  });
}

function nameOf({ name }: RecordingView): string {
  return name === '' ? words('console').recordings.nameless : name;
}

function whichOf(recording: RecordingView): string {
  return words('console').recordings.which(nameOf(recording), spokenTime(recording.startedAt));
}
