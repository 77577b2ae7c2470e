import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

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
        {KEYS.map((key) => (
          <button
            key={key}
            type="button"
            class="key"
            aria-label={spoken[key]}
            onClick={() => props.onPress(key)}
          >
            <span>{key}</span>
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
