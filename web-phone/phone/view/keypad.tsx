import { useSignal } from '@preact/signals';
import { TELEPHONE_KEYS } from '../../style/telephone-keys.ts';
import { words } from '../../words/words.ts';

const SHOWN_AT_MOST = 16;

/** A telephone's keys; typing on the keyboard presses them too. */
export function Keypad({ onPress }: { readonly onPress: (key: string) => void }) {
  const pressed = useSignal('');
  const say = words('call').keypad;
  const spoken: Readonly<Record<string, string>> = { '*': say.star, '#': say.hash };
  const press = (key: string) => {
    pressed.value = (pressed.value + key).slice(-SHOWN_AT_MOST);
    onPress(key);
  };
  return (
    <div
      class="keypad"
      onKeyDown={(event) => {
        if (/^[0-9*#]$/.test(event.key)) press(event.key);
      }}
    >
      <output class="keypad-shown" aria-label={say.shown}>
        {pressed.value || ' '}
      </output>
      <div class="keys" dir="ltr">
        {TELEPHONE_KEYS.map(([key, letters]) => (
          <button
            key={key}
            type="button"
            class="key"
            aria-label={spoken[key]}
            onClick={() => press(key)}
          >
            <span>{key}</span> <small>{letters}</small>
          </button>
        ))}
      </div>
      <p class="hint">{say.hint}</p>
    </div>
  );
}
