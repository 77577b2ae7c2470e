import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../style/icon.tsx';
import { useLevel } from '../../style/meter.tsx';
import { words } from '../../words/words.ts';
import { habits } from '../habits.ts';
import type { MuteFace } from '../mute-face.ts';
import { mayNudge, NUDGE_MS } from '../nudge.ts';
import type { Nudged } from '../nudge.ts';
import type { Softphone } from '../softphone.ts';
import type { CallView } from './in-call.tsx';

export interface MuteButtonProps extends CallView {
  readonly face: MuteFace;
  readonly onPress: () => void;
}

/** Held for less it was a click. */
const CLICK_MS = 350;

/** Shows what the server says of our row; while a wish is on its way it says so. */
export function MuteButton({ softphone, state, standing, face, onPress }: MuteButtonProps) {
  const { microphone, attendance } = softphone;
  const ring = useLevel<HTMLDivElement>(microphone.level);
  const say = words('call').muteButton;
  const { carried } = attendance.voice.value;
  const nudged = useNudge(softphone);
  const usable = state.kind === 'talking' && standing.kind === 'inside';
  const hold = useHold(softphone, usable && face.silent && !face.byRule && !carried, onPress);
  return (
    <div class={classesOf(face, carried)} ref={ring}>
      <button
        type="button"
        class="mute-button"
        aria-pressed={face.silent}
        aria-busy={face.waiting}
        aria-disabled={face.byRule || undefined}
        aria-keyshortcuts={habits.value.shortKeys ? 'm Control+d' : 'Control+d'}
        aria-label={face.byRule ? say.byRule : face.verb}
        title={face.byRule ? say.byRuleTitle : say.withKey(face.verb)}
        disabled={!usable}
        {...hold}
      >
        <Icon name={face.silent ? 'microphone-off' : carried ? 'phone' : 'microphone'} />
      </button>
      <MuteWords face={face} nudged={nudged} />
    </div>
  );
}

/** Beside the button, or above it where there is no room. */
function MuteWords({ face, nudged }: { readonly face: MuteFace; readonly nudged: boolean }) {
  const say = words('call').muteButton;
  const hint = hintOf(face, say);
  return (
    <>
      <p class="mute-words" aria-hidden="true">
        <strong>{face.words}</strong>
        <span class={nudged ? 'mute-hint mute-hint-loud' : 'mute-hint'}>
          {nudged ? say.speaksMuted : hint}
        </span>
      </p>
      {nudged && (
        <p class="mute-nudge" aria-hidden="true">
          {say.speaksMuted}
        </p>
      )}
      <span class="hidden" role="status">
        {nudged ? say.speaksMutedSaid(hint) : ''}
      </span>
    </>
  );
}

function classesOf({ silent, whileHeld }: MuteFace, carried: boolean): string {
  const looks = [silent && 'mute-on', carried && 'mute-away', whileHeld && !silent && 'mute-held'];
  return ['mute', ...looks.filter((look) => look !== false)].join(' ');
}

function hintOf(
  { byRule, silent, whileHeld }: MuteFace,
  say: ReturnType<typeof words<'call'>>['muteButton'],
): string {
  if (byRule) return say.raiseHand;
  if (whileHeld) return say.letGo;
  const { shortKeys, talkKey } = habits.value;
  if (silent && talkKey && shortKeys) return say.holdSpace;
  return shortKeys ? say.pressM : say.holdButton;
}

/** A click toggles; held while muted, the button opens the microphone for as long as it is held. */
function useHold(softphone: Softphone, mayHold: boolean, onPress: () => void) {
  const since = useRef<number | undefined>(undefined);
  const handled = useRef(false);
  const { attendance } = softphone;
  const down = () => {
    handled.current = mayHold;
    if (!mayHold || since.current !== undefined) return;
    since.current = performance.now();
    attendance.talk('press');
  };
  const up = (mayBeClick: boolean) => {
    if (since.current === undefined) return;
    const heldMs = performance.now() - since.current;
    since.current = undefined;
    attendance.talk(mayBeClick && heldMs < CLICK_MS ? 'latch' : 'release');
  };
  useEffect(() => {
    const letGo = () => up(false);
    window.addEventListener('blur', letGo);
    document.addEventListener('visibilitychange', letGo);
    return () => {
      letGo();
      window.removeEventListener('blur', letGo);
      document.removeEventListener('visibilitychange', letGo);
    };
  }, []);
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || !(event.currentTarget instanceof Element)) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      down();
    },
    onPointerUp: () => up(true),
    onPointerCancel: () => up(false),
    onLostPointerCapture: () => up(true),
    // A finger that stays would open the browser's own menu.
    onContextMenu: (event: Event) => event.preventDefault(),
    onKeyDown: (event: KeyboardEvent) => {
      handled.current = false;
      if (event.key !== ' ' || !(mayHold || since.current !== undefined)) return;
      event.preventDefault();
      if (!event.repeat) down();
    },
    onKeyUp: (event: KeyboardEvent) => {
      if (event.key !== ' ' || since.current === undefined) return;
      event.preventDefault();
      handled.current = false;
      up(true);
    },
    onClick: () => {
      if (!handled.current) onPress();
      handled.current = false;
    },
  };
}

/** Whether to say just now that they speak while muted: seldom, and for a moment. */
function useNudge(softphone: Softphone): boolean {
  const shown = useSignal(false);
  const last = useRef<Nudged>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useSignalEffect(() => {
    const speaks = softphone.talksMuted.value;
    if (!speaks || !habits.value.remind || !mayNudge(last.current, performance.now())) return;
    last.current = performance.now();
    shown.value = true;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => (shown.value = false), NUDGE_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return shown.value && habits.value.remind;
}
