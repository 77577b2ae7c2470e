import { Dialog } from '../../style/dialog.tsx';
import { words } from '../../words/words.ts';
import { habits } from '../habits.ts';

/** Which keys do what. */
export function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const { title, keys, off } = words('call').shortcuts;
  const { shortKeys, talkKey } = habits.value;
  const rows: readonly (readonly [shown: readonly string[], deed: string, on: boolean])[] = [
    [['M'], keys.mute, shortKeys],
    [['Ctrl', 'D'], keys.mute, true],
    [[keys.space], keys.talk, talkKey],
    [['H'], keys.hand, shortKeys],
    [['Esc'], keys.close, true],
    [['?'], keys.help, shortKeys],
  ];
  return (
    <Dialog title={title} onClose={onClose}>
      <dl class="shortcuts">
        {rows
          .filter(([, , on]) => on)
          .map(([shown, deed]) => (
            <div key={shown.join()}>
              <dt>
                {shown.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{deed}</dd>
            </div>
          ))}
      </dl>
      {!shortKeys && <p class="hint">{off}</p>}
    </Dialog>
  );
}
