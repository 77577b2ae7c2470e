import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export interface BannerProps {
  readonly look: 'warning' | 'danger' | 'info';
  readonly title?: string;
  readonly icon?: IconName;
  readonly children?: ComponentChildren;
  /** Buttons. */
  readonly actions?: ComponentChildren;
}

/** What a person should know before going on, and what to do about it. */
export function Banner({ look, title, icon, children, actions }: BannerProps) {
  return (
    <div class={`banner banner-${look}`} role={look === 'danger' ? 'alert' : 'status'}>
      <Icon name={icon ?? (look === 'info' ? 'info' : 'warning')} />
      <div class="banner-words">
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <p>{children}</p>}
      </div>
      {actions !== undefined && <div class="banner-actions">{actions}</div>}
    </div>
  );
}
