import { useRef } from 'preact/hooks';
import type { Participant, Room } from '../../../protocol/room/room.ts';
import { peopleInside } from '../../../protocol/room/rows.ts';
import { SILENCE, speakingIn } from '../../feed/speaking.ts';
import { Icon } from '../../style/icon.tsx';
import { words } from '../../words/words.ts';

const SHOWN_AT_MOST = 4;

/** Who is heard, in the order that they began; a line of one height, empty for who is alone, so that nothing below it moves. */
export function SpeakingNow({ room }: { readonly room: Room | undefined }) {
  const before = useRef(SILENCE);
  before.current = speakingIn(room, before.current);
  const { now, last } = before.current;
  if (peopleInside(room) < 2) return <p class="speaking" />;
  const say = words('call').people;
  const named = (id: Participant['id']) => room?.people.get(id)?.name ?? '';
  const names = now.length > 0 ? now : last === undefined ? [] : [last];
  const title = now.length > 0 ? say.speaking : say.spokeLast;
  return (
    <p class={now.length > 0 ? 'speaking speaking-on' : 'speaking'}>
      <Icon name="sound" />
      <span class="speaking-title">{names.length === 0 ? say.nobodySpeaks : title}</span>
      {names.length > 0 && (
        <span class="speaking-names">
          {names.slice(0, SHOWN_AT_MOST).map((id) => (
            <bdi key={id}>{named(id)}</bdi>
          ))}
          {names.length > SHOWN_AT_MOST && <span>+{names.length - SHOWN_AT_MOST}</span>}
        </span>
      )}
    </p>
  );
}
