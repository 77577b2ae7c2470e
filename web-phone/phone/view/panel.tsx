import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { ByPhone } from './by-phone.tsx';
import { CallMe } from './call-me.tsx';
import type { ControlsProps, Panel } from './controls.tsx';
import { Keypad } from './keypad.tsx';
import { MicrophoneCheck } from './microphone-check.tsx';

export interface PanelProps extends ControlsProps {
  readonly ear: HTMLAudioElement;
}

const TITLES: Record<Exclude<Panel, 'none'>, string> = {
  keypad: 'Keypad',
  sound: 'Microphone and speaker',
  phone: 'Use a phone instead',
};

/** A drawer above the bar on small screens, a column at the side on wide ones. Escape closes it. */
export function PanelView({ panel, ear, ...view }: PanelProps) {
  const { softphone, state } = view;
  const shown = panel.value;
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => element.current?.focus(), [shown]);
  if (shown === 'none') return null;
  const close = () => (panel.value = 'none');
  return (
    <aside
      class="panel"
      ref={element}
      tabIndex={-1}
      aria-label={TITLES[shown]}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header class="panel-head">
        <h2>{TITLES[shown]}</h2>
        <Button look="quiet" icon="close" label="Close" onClick={close} />
      </header>
      {shown === 'keypad' && <Keypad onPress={(key) => softphone.press(key)} />}
      {shown === 'sound' && <MicrophoneCheck softphone={softphone} ear={ear} />}
      {shown === 'phone' && <CallMe {...view} />}
      {shown === 'phone' && <ByPhone dialIn={state.ticket.dialIn} code={state.ticket.code} />}
    </aside>
  );
}
