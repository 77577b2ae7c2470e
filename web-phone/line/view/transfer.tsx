import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import type { LineCall } from '../calls.ts';
import { numberOf, toDial } from '../dialled.ts';
import type { Telephone } from '../telephone.ts';

/** To whom a call is transferred: a name of the list, or a number. It takes the focus, and gives it back to what opened it. */
export function TransferForm(props: {
  readonly telephone: Telephone;
  readonly call: LineCall;
  readonly onDone: () => void;
}) {
  const { telephone, call, onDone } = props;
  const typed = useSignal('');
  const say = words('line').transfer;
  const list = telephone.people.value;
  const people = list !== undefined && 'length' in list ? list : [];
  const number = toDial(people, typed.value, undefined);
  const form = useRef<HTMLFormElement>(null);
  const opener = useRef<Element | null>(null);
  useLayoutEffect(() => {
    opener.current = document.activeElement;
    form.current?.querySelector('input')?.focus();
  }, []);
  const close = () => {
    if (opener.current instanceof HTMLElement) opener.current.focus();
    onDone();
  };
  return (
    <form
      ref={form}
      class="line-transfer-form"
      aria-label={say.title(call.peer.name)}
      onSubmit={(event) => {
        event.preventDefault();
        if (number === undefined) return;
        telephone.transfer(call.id, number);
        close();
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <TextField
        label={words('line').dial.label}
        hint={say.hint}
        value={typed.value}
        maxLength={40}
        choices={people.map((entry) => ({ value: numberOf(entry), label: entry.name }))}
        onInput={(value) => (typed.value = value)}
      />
      <div class="line-buttons">
        <Button submit look="primary" icon="out" disabled={number === undefined}>
          {say.do}
        </Button>
        <Button look="quiet" onClick={close}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}
