import { signal } from '@preact/signals';
import type { Panel } from './controls.tsx';

const wish = signal<Panel>('none');

/** What is to be open once the meeting is there: somebody asked for it at the door. */
export function wishForPanel(panel: Panel): void {
  wish.value = panel;
}

/** Told once. */
export function takePanelWish(): Panel {
  const wished = wish.peek();
  wish.value = 'none';
  return wished;
}
