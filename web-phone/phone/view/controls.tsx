import type { Signal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { Button } from '../../style/button.tsx';
import type { IconName } from '../../style/icon.tsx';
import { words } from '../../words/words.ts';
import { muteFace } from '../mute-face.ts';
import { HandButton, ownHand } from './hand-button.tsx';
import type { CallView } from './in-call.tsx';
import { MuteButton } from './mute-button.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { useCallKeys } from './use-call-keys.ts';

export type Panel = 'none' | 'keypad' | 'sound' | 'phone' | 'line';

export interface ControlsProps extends CallView {
  readonly panel: Signal<Panel>;
}

const PANELS: readonly (readonly [panel: Exclude<Panel, 'none'>, icon: IconName])[] = [
  ['keypad', 'keypad'],
  ['sound', 'sound'],
  ['phone', 'phone'],
];

/** The bar at the foot: mute, hand, keypad, sound, other phone, leave. */
export function Controls({ panel, ...view }: ControlsProps) {
  const say = words('call');
  const { softphone } = view;
  const { face, press } = useMute(view);
  const helps = useSignal(false);
  const toggle = (which: Panel) => (panel.value = panel.value === which ? 'none' : which);
  useCallKeys({
    onMute: press,
    onHand: () => {
      const hand = ownHand(view);
      if (hand) void softphone.attendance.wish(hand.wish);
    },
    onHelp: () => (helps.value = true),
    onTalk: (kind) => softphone.attendance.talk(kind),
    mayTalk: () => view.state.kind === 'talking' && view.standing.kind === 'inside' && maySpeak(),
  });
  const maySpeak = () => face.silent && !face.byRule && !softphone.attendance.voice.peek().carried;
  return (
    <footer class="controls">
      <MuteButton {...view} face={face} onPress={press} />
      <div class="controls-middle">
        <HandButton {...view} />
        {PANELS.map(([which, icon]) => (
          <Button
            key={which}
            icon={icon}
            label={say.panels[which]}
            expanded={panel.value === which}
            onClick={() => toggle(which)}
          />
        ))}
      </div>
      <span class="leave">
        <Button look="danger" icon="phone-down" onClick={() => softphone.leave()}>
          {say.leave}
        </Button>
      </span>
      {helps.value && <Shortcuts onClose={() => (helps.value = false)} />}
    </footer>
  );
}

/** How the mute button looks, and what a press of it or of its keys does. */
function useMute({ softphone, state, standing }: CallView) {
  const { attendance } = softphone;
  const row = standing.kind === 'inside' ? standing.row : undefined;
  const face = muteFace(
    {
      row,
      voice: attendance.voice.value,
      waiting: attendance.waiting.value,
      unmuteSelf: state.ticket.meeting.unmuteSelf,
      talkKey: attendance.talkKey.value,
    },
    words('call'),
  );
  const press = () => {
    if (row !== undefined && !face.waiting && !face.byRule) attendance.setMuted(!face.silent);
  };
  return { face, press };
}
