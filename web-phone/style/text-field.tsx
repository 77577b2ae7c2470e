import { useId } from 'preact/hooks';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with the value; takes the hint's place. */
  readonly wrong?: string | undefined;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly numeric?: boolean;
  /** What password keepers may fill in; absent: nothing, or a new password. */
  readonly autocomplete?: 'username' | 'current-password' | 'new-password';
  readonly type?: 'text' | 'tel' | 'password' | 'datetime-local';
  /** Ready answers, offered while typing. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** A dialog that opens puts the cursor here; its first button would have it otherwise. */
  readonly autoFocus?: boolean;
}

/** A labelled field; what is wrong with it is read out with it. */
export function TextField(props: TextFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        class="input"
        // A number with a plus runs from the left in every script.
        dir={props.type === 'datetime-local' ? undefined : 'auto'}
        {...typeOf(props, `${id}-choices`)}
        autocomplete={props.autocomplete ?? (props.type === 'password' ? 'new-password' : 'off')}
        autofocus={props.autoFocus ?? false}
        inputMode={inputMode(props)}
        maxLength={props.maxLength}
        placeholder={props.placeholder}
        aria-invalid={props.wrong !== undefined}
        aria-describedby={`${id}-about`}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      {props.choices && (
        <datalist id={`${id}-choices`}>
          {props.choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </datalist>
      )}
      <p id={`${id}-about`} class={props.wrong === undefined ? 'hint' : 'hint hint-wrong'}>
        {props.wrong ?? props.hint}
      </p>
    </div>
  );
}

function inputMode({ numeric, type }: TextFieldProps): 'numeric' | 'tel' | 'text' {
  if (type === 'tel') return 'tel';
  return numeric ? 'numeric' : 'text';
}

/** Each type by itself: which attributes go with which is in their types. */
function typeOf({ type = 'text', choices }: TextFieldProps, list: string) {
  switch (type) {
    case 'text':
      return choices ? ({ type, list } as const) : ({ type } as const);
    case 'tel':
      return { type } as const;
    case 'password':
      return { type } as const;
    case 'datetime-local':
      return { type } as const;
  }
}
