import { useSignalEffect } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { useRef } from 'preact/hooks';

/** Hands a level (0 to 1) to CSS as `--level`, twenty times a second, without drawing the page anew. */
export function useLevel<T extends HTMLElement>(level: ReadonlySignal<number>) {
  const element = useRef<T>(null);
  useSignalEffect(() => {
    element.current?.style.setProperty('--level', level.value.toFixed(3));
  });
  return element;
}

/** A bar that shows how loud the microphone hears. */
export function Meter({ level }: { readonly level: ReadonlySignal<number> }) {
  const bar = useLevel<HTMLDivElement>(level);
  return (
    <div class="meter" ref={bar} aria-hidden="true">
      <div class="meter-fill" />
    </div>
  );
}
