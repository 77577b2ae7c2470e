import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { KeyView } from '../../../protocol/http/people.ts';
import { Button } from '../../style/button.tsx';
import { Choice, Tick } from '../../style/choice-field.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import { keyBody, LIVES, SCOPES } from '../key-form.ts';
import type { Life } from '../key-form.ts';
import type { DeskProps } from './page.tsx';
import { useSending } from './use-sending.ts';

interface AddKeyProps extends DeskProps {
  readonly onClose: () => void;
  readonly onMade: (key: KeyView) => void;
}

/** A key for one program: what it is for, and for how long. */
export function AddKey({ desk, onClose, onMade }: AddKeyProps) {
  const say = words('console').keys;
  const name = useSignal('');
  const scopes = useSignal<ReadonlySet<string>>(new Set(['meetings:read']));
  const life = useSignal<Life>('90');
  const { problem, waiting, send } = useSending();
  const isComplete = name.value.trim() !== '' && scopes.value.size > 0;
  const make = () => {
    const form = { name: name.value, scopes: [...scopes.value], life: life.value };
    return send(() => desk.keys.create(keyBody(form, Date.now())), onMade);
  };
  return (
    <Dialog title={say.make} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) void make();
        }}
      >
        <ShownProblem look="danger" problem={problem} />
        <TextField
          label={say.program}
          autoFocus
          maxLength={64}
          placeholder={say.programExample}
          value={name.value}
          onInput={(value) => (name.value = value)}
        />
        <Scopes chosen={scopes} />
        <Choice
          label={say.goodFor}
          value={life.value}
          options={LIVES.map((each) => [each, say.life[each]] as const)}
          onChange={(value) => (life.value = value)}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button look="primary" submit waiting={waiting} disabled={!isComplete}>
            {say.makeVerb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Scopes({ chosen: scopes }: { readonly chosen: Signal<ReadonlySet<string>> }) {
  const say = words('console').keys;
  const turn = (scope: string, on: boolean) => {
    const others = [...scopes.value].filter((each) => each !== scope);
    scopes.value = new Set(on ? [...others, scope] : others);
  };
  return (
    <fieldset class="stack key-scopes">
      <legend>{say.mayDo}</legend>
      {SCOPES.map((scope) => (
        <Tick
          key={scope}
          label={say.scope[scope]}
          hint={scope}
          on={scopes.value.has(scope)}
          onChange={(on) => turn(scope, on)}
        />
      ))}
    </fieldset>
  );
}
