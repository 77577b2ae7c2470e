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
        autocomplete="off"
        autofocus={props.autoFocus ?? false}
        inputMode={props.numeric ? 'numeric' : 'text'}
        maxLength={props.maxLength}
        placeholder={props.placeholder}
        aria-invalid={props.wrong !== undefined}
        aria-describedby={`${id}-about`}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <p id={`${id}-about`} class={props.wrong === undefined ? 'hint' : 'hint hint-wrong'}>
        {props.wrong ?? props.hint}
      </p>
    </div>
  );
}
