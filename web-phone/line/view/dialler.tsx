import { useSignal } from '@preact/signals';
import { Button } from '../../style/button.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import { matching, numberOf, toDial } from '../dialled.ts';
import type { Telephone } from '../telephone.ts';
import { Keys } from './keys.tsx';

export interface DiallerProps {
  readonly telephone: Telephone;
  /** One's own account. */
  readonly own: string;
  readonly numbers: boolean;
}

/** A field for names and numbers, the keys, and who can be called: what is typed narrows the list. */
export function Dialler({ telephone, own, numbers }: DiallerProps) {
  const typed = useSignal('');
  const withKeys = useSignal(false);
  const say = words('line').dial;
  const list = telephone.people.value;
  const people = list !== undefined && 'length' in list ? list : [];
  const number = toDial(people, typed.value, own);
  const last = telephone.recent.value.find(({ kind }) => kind === 'out');
  const call = (to: string) => {
    typed.value = '';
    void telephone.call(to);
  };
  return (
    <section class="card line-card">
      <form
        class="line-dial"
        onSubmit={(event) => {
          event.preventDefault();
          if (number !== undefined) call(number);
          else if (typed.value === '' && last) typed.value = last.number;
        }}
      >
        <TextField
          label={say.label}
          hint={say.hint(numbers)}
          value={typed.value}
          maxLength={40}
          onInput={(value) => (typed.value = value)}
        />
        <div class="line-dial-buttons">
          <Button
            submit
            look="primary"
            size="large"
            icon="phone"
            disabled={number === undefined && !(typed.value === '' && last)}
          >
            {typed.value === '' && last ? say.last : say.call}
          </Button>
          <Button
            icon="keypad"
            label={say.keys}
            expanded={withKeys.value}
            onClick={() => (withKeys.value = !withKeys.value)}
          />
        </div>
      </form>
      {withKeys.value && (
        <Keys
          onPress={(key) => (typed.value += key)}
          onBack={() => (typed.value = typed.value.slice(0, -1))}
        />
      )}
      <People telephone={telephone} typed={typed.value} own={own} onCall={call} />
    </section>
  );
}

function People(props: {
  readonly telephone: Telephone;
  readonly typed: string;
  readonly own: string;
  readonly onCall: (number: string) => void;
}) {
  const { telephone, typed, own, onCall } = props;
  const say = words('line').people;
  const list = telephone.people.value;
  // Its place is kept, so that nothing moves when it is there.
  if (list === undefined) return <div class="line-people" />;
  if (!('length' in list))
    return (
      <p class="hint">
        {say.failed}{' '}
        <Button look="quiet" size="small" onClick={() => void telephone.loadPeople()}>
          {words('line').signIn.again}
        </Button>
      </p>
    );
  const shown = matching(list, typed, own);
  const isNumber = /^[+*#\d]/.test(typed.trim());
  return (
    <div class="line-people">
      <h2 class="line-heading">{say.title}</h2>
      {shown.length === 0 && !isNumber && (
        <p class="hint">{typed.trim() === '' ? say.none : say.notFound}</p>
      )}
      <ul class="line-list">
        {shown.map((entry) => (
          <li key={entry.username} class="line-row">
            <span class="line-who">
              <bdi>{entry.name}</bdi>
              <small>
                {entry.extension === undefined ? entry.username : say.extension(entry.extension)}
              </small>
            </span>
            <Button
              look="quiet"
              icon="phone"
              label={say.call(entry.name)}
              onClick={() => onCall(numberOf(entry))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
