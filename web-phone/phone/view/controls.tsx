import type { Signal } from '@preact/signals';
import { Button } from '../../style/button.tsx';
import type { IconName } from '../../style/icon.tsx';
import { HandButton } from './hand-button.tsx';
import type { CallView } from './in-call.tsx';
import { MuteButton } from './mute-button.tsx';

export type Panel = 'none' | 'keypad' | 'sound' | 'phone';

export interface ControlsProps extends CallView {
  readonly panel: Signal<Panel>;
}

const PANELS: readonly (readonly [panel: Panel, icon: IconName, label: string])[] = [
  ['keypad', 'keypad', 'Keypad'],
  ['sound', 'sound', 'Microphone and speaker'],
  ['phone', 'phone', 'Use a phone instead'],
];

/** The bar at the foot: mute, hand, keypad, sound, other phone, leave. */
export function Controls({ panel, ...view }: ControlsProps) {
  const toggle = (which: Panel) => (panel.value = panel.value === which ? 'none' : which);
  return (
    <footer class="controls">
      <MuteButton {...view} />
      <div class="controls-middle">
        <HandButton {...view} />
        {PANELS.map(([which, icon, label]) => (
          <Button
            key={which}
            icon={icon}
            label={label}
            expanded={panel.value === which}
            onClick={() => toggle(which)}
          />
        ))}
      </div>
      <span class="leave">
        <Button look="danger" icon="phone-down" onClick={() => view.softphone.leave()}>
          Leave
        </Button>
      </span>
    </footer>
  );
}
