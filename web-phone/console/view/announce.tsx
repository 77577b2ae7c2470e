import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { AnnouncementView } from '../../../protocol/http/announcements.ts';
import { request } from '../../feed/request.ts';
import { meetingPath } from '../../feed/to-http.ts';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { oneDigit } from '../../style/sound-bars.tsx';
import { words } from '../../words/words.ts';
import { Listed } from '../listed.ts';
import type { RoomProps } from './meeting-room.tsx';

export interface AnnounceProps extends RoomProps {
  readonly onClose: () => void;
}

type Hearers = 'everybody' | 'moderators';

/** Plays one of the operator's recordings into the room. */
export function Announce({ desk, meeting, onClose }: AnnounceProps) {
  const known = useMemo(() => new Listed<AnnouncementView>('/announcements'), []);
  useEffect(() => void known.look(), [known]);
  const { room } = words('console');
  const list = known.list.value;
  return (
    <Dialog title={room.announceTitle} onClose={onClose}>
      <ShownProblem look="danger" problem={known.problem.value} onRetry={() => void known.look()} />
      {list?.length === 0 && <p>{room.noAnnouncements}</p>}
      {list?.[0] && <Choose {...{ desk, meeting, onClose, list }} first={list[0].name} />}
    </Dialog>
  );
}

function Choose(
  props: AnnounceProps & { readonly list: readonly AnnouncementView[]; readonly first: string },
) {
  const { desk, meeting, onClose, list, first } = props;
  const sound = useSignal(first);
  const to = useSignal<Hearers>('everybody');
  const busy = useSignal(false);
  const { room } = words('console');
  const play = async () => {
    if (busy.value) return;
    busy.value = true;
    const path = meetingPath(meeting.id, '/announce');
    const body = { sound: sound.value, to: to.value };
    const answer = await request<unknown>({ method: 'POST', path, body });
    busy.value = false;
    if (!answer.ok) {
      desk.refused(answer.problem);
      return;
    }
    desk.notices.done(room.announced(sound.value));
    onClose();
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void play();
      }}
    >
      <Choice
        label={room.recordingToPlay}
        value={sound.value}
        options={list.map(
          ({ name, seconds }) => [name, `${name} (${room.seconds(oneDigit(seconds))})`] as const,
        )}
        onChange={(name) => (sound.value = name)}
      />
      <Choice
        label={room.toWhom}
        value={to.value}
        options={[
          ['everybody', room.toEverybody],
          ['moderators', room.toModerators],
        ]}
        onChange={(hearers) => (to.value = hearers)}
      />
      <div class="dialog-actions">
        <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
        <Button look="primary" icon="announce" submit waiting={busy.value}>
          {room.play}
        </Button>
      </div>
    </form>
  );
}
