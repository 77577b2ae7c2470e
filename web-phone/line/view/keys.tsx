import { Button } from '../../style/button.tsx';
import { TELEPHONE_KEYS } from '../../style/telephone-keys.ts';
import { words } from '../../words/words.ts';

/** A telephone's keys. */
export function Keys(props: {
  readonly onPress: (key: string) => void;
  readonly onBack?: () => void;
}) {
  const say = words('line').dial;
  const spoken: Readonly<Record<string, string>> = { '*': say.star, '#': say.hash };
  return (
    <div class="line-keypad">
      <div class="keys" dir="ltr" role="group" aria-label={say.keys}>
        {TELEPHONE_KEYS.map(([key, letters]) => (
          <button
            key={key}
            type="button"
            class="key"
            aria-label={spoken[key]}
            onClick={() => props.onPress(key)}
          >
            <span>{key}</span> <small aria-hidden="true">{letters}</small>
          </button>
        ))}
      </div>
      {props.onBack && (
        <Button look="quiet" size="small" icon="back" onClick={props.onBack}>
          {say.back}
        </Button>
      )}
    </div>
  );
}
