import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export interface ButtonProps {
  readonly children?: ComponentChildren;
  readonly icon?: IconName;
  /** The accessible name where the icon stands alone, or the words leave out whom they mean; also the tooltip. */
  readonly label?: string;
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly size?: 'normal' | 'small' | 'large';
  /** A wish is on its way: stays in place, cannot be pressed, says so. */
  readonly waiting?: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly submit?: boolean;
  readonly onClick?: () => void;
}

export function Button(props: ButtonProps) {
  const { children, icon, label, look = 'plain', size = 'normal', waiting = false } = props;
  return (
    <button
      type={props.submit ? 'submit' : 'button'}
      class={classes(look, size, children === undefined)}
      aria-label={label}
      title={label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-busy={waiting || undefined}
      // Not `disabled` while waiting: the focus would be lost.
      aria-disabled={waiting || undefined}
      disabled={props.disabled}
      onClick={() => {
        if (!waiting) props.onClick?.();
      }}
    >
      {icon && <Icon name={icon} />}
      {children !== undefined && <span class="button-words">{children}</span>}
      {waiting && <span class="button-spinner" aria-hidden="true" />}
    </button>
  );
}

function classes(look: string, size: string, bare: boolean): string {
  return `button button-${look} button-${size}${bare ? ' button-bare' : ''}`;
}
