import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { Choice, Tick } from '../../style/choice-field.tsx';
import { currentTongue, words } from '../../words/words.ts';
import { changeHabits, habits } from '../habits.ts';
import { Shortcuts } from './shortcuts.tsx';

/** How loud, which keys, which hints; kept for the next calls from this browser. */
export function Settings() {
  const say = words('call').settings;
  const helps = useSignal(false);
  const { talkKey, shortKeys, remind, told } = habits.value;
  const { all, mine, none } = say.toldOptions;
  return (
    <section class="settings stack" aria-label={say.heading}>
      <h3>{say.heading}</h3>
      <Volume />
      <Tick
        label={say.talkKey}
        hint={say.talkKeyHint}
        on={talkKey}
        onChange={(on) => changeHabits({ talkKey: on })}
      />
      <Tick label={say.remind} on={remind} onChange={(on) => changeHabits({ remind: on })} />
      <Tick
        label={say.shortKeys}
        hint={say.shortKeysHint}
        on={shortKeys}
        onChange={(on) => changeHabits({ shortKeys: on })}
      />
      <Choice
        label={say.told}
        value={told}
        options={[
          ['all', all],
          ['mine', mine],
          ['none', none],
        ]}
        onChange={(chosen) => changeHabits({ told: chosen })}
      />
      <p>
        <Button size="small" onClick={() => (helps.value = true)}>
          {say.shortcuts}
        </Button>
      </p>
      {helps.value && <Shortcuts onClose={() => (helps.value = false)} />}
    </section>
  );
}

/** Of all others together, on this machine. */
function Volume() {
  const id = useId();
  const say = words('call').settings;
  const { volume } = habits.value;
  const shown = new Intl.NumberFormat(currentTongue().locale, { style: 'percent' }).format(volume);
  return (
    <div class="field volume">
      <label for={id}>{say.volume}</label>
      <span class="volume-row">
        <input
          id={id}
          type="range"
          min="0"
          max="100"
          step="5"
          value={Math.round(volume * 100)}
          aria-valuetext={shown}
          aria-describedby={`${id}-about`}
          onInput={(event) => changeHabits({ volume: Number(event.currentTarget.value) / 100 })}
        />
        <output aria-hidden="true">{shown}</output>
      </span>
      <p class="hint" id={`${id}-about`}>
        {say.volumeHint}
      </p>
    </div>
  );
}
