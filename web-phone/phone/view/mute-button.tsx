import { useEffect } from 'preact/hooks';
import { Icon } from '../../style/icon.tsx';
import { useLevel } from '../../style/meter.tsx';
import { muteFace } from '../mute-face.ts';
import type { CallView } from './in-call.tsx';

/** Shows what the server says of our row; while a wish is on its way it says so. */
export function MuteButton({ softphone, state, standing }: CallView) {
  const { attendance, microphone } = softphone;
  const ring = useLevel<HTMLDivElement>(microphone.level);
  const row = standing.kind === 'inside' ? standing.row : undefined;
  const voice = attendance.voice.value;
  const { unmuteSelf } = state.ticket.meeting;
  const face = muteFace({ row, voice, waiting: attendance.waiting.value, unmuteSelf });
  const press = () => {
    if (!face.waiting && !face.byRule) attendance.setMuted(!face.silent);
  };
  useMuteKey(press);
  const hint = face.byRule ? 'Raise your hand to speak' : 'Press M to change';
  return (
    <div
      class={`mute${face.silent ? ' mute-on' : ''}${voice.carried ? ' mute-away' : ''}`}
      ref={ring}
    >
      <button
        type="button"
        class="mute-button"
        aria-pressed={face.silent}
        aria-busy={face.waiting}
        aria-disabled={face.byRule || undefined}
        aria-keyshortcuts="m"
        aria-label={face.byRule ? 'Unmute: only a moderator can in this meeting' : face.verb}
        title={face.byRule ? 'Only a moderator unmutes people here' : `${face.verb} (M)`}
        disabled={state.kind !== 'talking' || row === undefined}
        onClick={press}
      >
        <Icon name={face.silent ? 'microphone-off' : voice.carried ? 'phone' : 'microphone'} />
      </button>
      <MuteWords words={face.words} hint={hint} loud={softphone.talksMuted.value} />
    </div>
  );
}

function MuteWords(props: {
  readonly words: string;
  readonly hint: string;
  readonly loud: boolean;
}) {
  const { words, hint, loud } = props;
  return (
    <>
      <p class="mute-words" aria-hidden="true">
        <strong>{words}</strong>
        <span class={loud ? 'mute-hint mute-hint-loud' : 'mute-hint'}>
          {loud ? 'You speak while muted' : hint}
        </span>
      </p>
      <span class="hidden" role="status">
        {loud ? `You are speaking, but you are muted. ${hint}.` : ''}
      </span>
    </>
  );
}

/** M mutes and unmutes from anywhere but a text field. */
function useMuteKey(press: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'm' || event.repeat) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest('input, select, textarea'))
        return;
      event.preventDefault();
      press();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
