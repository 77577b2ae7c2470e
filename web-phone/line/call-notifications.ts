import { words } from '../words/words.ts';
import type { LineCall } from './calls.ts';

/** Where one is asked whether calls may be shown, and what was said; `absent`: this browser shows none. */
export type NotifyPermission = NotificationPermission | 'absent';

export function notifyPermission(): NotifyPermission {
  return 'Notification' in window ? Notification.permission : 'absent';
}

/** What the system shows of calls to somebody who looks at something else; a click leads back to the page. */
export class CallNotifications {
  readonly #shown = new Map<string, Notification>();

  /** `incoming` is all that rings now: what is shown of others goes. */
  follow(incoming: readonly LineCall[]): void {
    for (const [id, notification] of this.#shown)
      if (!incoming.some((call) => call.id === id)) {
        notification.close();
        this.#shown.delete(id);
      }
    if (notifyPermission() !== 'granted' || isLookedAt()) return;
    for (const call of incoming) if (!this.#shown.has(call.id)) this.#show(call);
  }

  #show({ id, peer }: LineCall): void {
    try {
      const notification = new Notification(words('line').said.incoming(peer.name), {
        tag: `partyline-call-${id}`,
        requireInteraction: true,
      });
      notification.addEventListener('click', () => window.focus());
      this.#shown.set(id, notification);
    } catch {
      // Chrome on Android has notifications of service workers alone; the page rings all the same.
    }
  }
}

function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
