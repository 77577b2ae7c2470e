import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Room } from '../../../protocol/room/room.ts';
import { Button } from '../../style/button.tsx';
import { Icon } from '../../style/icon.tsx';
import { useLevel } from '../../style/meter.tsx';
import { ownRow } from '../../feed/people.ts';
import { muteFace } from '../mute-face.ts';
import type { Softphone } from '../softphone.ts';
import type { InCallProps } from './in-call.tsx';

export type Panel = 'none' | 'keypad' | 'sound' | 'phone';

export interface ControlsProps {
  readonly softphone: Softphone;
  readonly state: InCallProps['state'];
  readonly room: Room | undefined;
  readonly panel: Signal<Panel>;
}

/** The bar at the foot: mute, keypad, sound, other phone, leave. */
export function Controls({ softphone, state, room, panel }: ControlsProps) {
  const toggle = (which: Panel) => (panel.value = panel.value === which ? 'none' : which);
  return (
    <footer class="controls">
      <MuteButton softphone={softphone} state={state} room={room} />
      <div class="controls-middle">
        <Button
          icon="keypad"
          label="Keypad"
          expanded={panel.value === 'keypad'}
          onClick={() => toggle('keypad')}
        />
        <Button
          icon="sound"
          label="Microphone and speaker"
          expanded={panel.value === 'sound'}
          onClick={() => toggle('sound')}
        />
        <Button
          icon="phone"
          label="Use a phone instead"
          expanded={panel.value === 'phone'}
          onClick={() => toggle('phone')}
        />
      </div>
      <Button look="danger" icon="phone-down" onClick={() => softphone.leave()}>
        Leave
      </Button>
    </footer>
  );
}

type MuteProps = Omit<ControlsProps, 'panel'>;

/** Shows what the server says of our row; while a wish is on its way it says so. */
function MuteButton({ softphone, state, room }: MuteProps) {
  const { attendance, microphone } = softphone;
  const ring = useLevel<HTMLDivElement>(microphone.level);
  const own = state.grant && ownRow(room, state.grant.personId);
  const face = muteFace(own, attendance.voice.value, attendance.waiting.value);
  const press = () => {
    if (!face.waiting) attendance.setMuted(!face.silent);
  };
  useMuteKey(press);
  return (
    <div class={face.silent ? 'mute mute-on' : 'mute'} ref={ring}>
      <button
        type="button"
        class="mute-button"
        aria-pressed={face.silent}
        aria-busy={face.waiting}
        aria-keyshortcuts="m"
        aria-label={face.verb}
        title={`${face.verb} (M)`}
        disabled={state.kind !== 'talking' || own === undefined}
        onClick={press}
      >
        <Icon name={face.silent ? 'microphone-off' : 'microphone'} />
      </button>
      <MuteWords words={face.words} loud={softphone.talksMuted.value} />
    </div>
  );
}

function MuteWords({ words, loud }: { readonly words: string; readonly loud: boolean }) {
  return (
    <>
      <p class="mute-words" aria-hidden="true">
        <strong>{words}</strong>
        <span class={loud ? 'mute-hint mute-hint-loud' : 'mute-hint'}>
          {loud ? 'You speak while muted' : 'Press M to change'}
        </span>
      </p>
      <span class="hidden" role="status">
        {loud ? 'You are speaking, but you are muted. Press M to unmute.' : ''}
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
