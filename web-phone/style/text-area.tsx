import { useId } from 'preact/hooks';

export interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly rows: number;
  readonly hint?: string;
  /** What is wrong with the value; takes the hint's place. */
  readonly wrong?: string | undefined;
  readonly placeholder?: string;
}

/** A labelled field of several lines. */
export function TextArea(props: TextAreaProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <textarea
        id={id}
        class="input"
        dir="auto"
        rows={props.rows}
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
