import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { LanguageChoice } from '../../style/language-choice.tsx';
import { words } from '../../words/words.ts';
import { ByPhone } from './by-phone.tsx';
import { CallMe } from './call-me.tsx';
import type { ControlsProps } from './controls.tsx';
import { Keypad } from './keypad.tsx';
import { LinePanel } from './line-panel.tsx';
import { MicrophoneCheck } from './microphone-check.tsx';
import { Settings } from './settings.tsx';

export interface PanelProps extends ControlsProps {
  readonly ear: HTMLAudioElement;
}

/** A drawer above the bar on small screens, a column at the side on wide ones. Escape closes it. */
export function PanelView({ panel, ear, ...view }: PanelProps) {
  const { softphone, state } = view;
  const shown = panel.value;
  const element = useRef<HTMLElement>(null);
  const say = words('call');
  const opener = useOpener(element, shown);
  if (shown === 'none') return null;
  const close = () => {
    panel.value = 'none';
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  return (
    <aside
      class="panel"
      ref={element}
      tabIndex={-1}
      aria-label={say.panels[shown]}
      onKeyDown={(event) => {
        // A window that was opened in it closes alone.
        if (event.key === 'Escape' && !document.querySelector('dialog[open]')) close();
      }}
    >
      <header class="panel-head">
        <h2>{say.panels[shown]}</h2>
        <Button look="quiet" icon="close" label={say.close} onClick={close} />
      </header>
      {shown === 'keypad' && <Keypad onPress={(key) => softphone.press(key)} />}
      {shown === 'sound' && <MicrophoneCheck softphone={softphone} ear={ear} />}
      {shown === 'sound' && <Settings />}
      {shown === 'sound' && <LanguageChoice />}
      {shown === 'phone' && <CallMe {...view} />}
      {shown === 'phone' && <ByPhone dialIn={state.ticket.dialIn} code={state.ticket.code} />}
      {shown === 'line' && <LinePanel {...view} />}
    </aside>
  );
}

/** The panel that opens has the focus; the button that opened it has it again afterwards. */
function useOpener(
  element: RefObject<HTMLElement | null>,
  shown: string,
): RefObject<Element | null> {
  const opener = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (!element.current?.contains(activeElement)) opener.current = activeElement;
    element.current?.focus();
  }, [shown]);
  return opener;
}
