/** What headset keys and the system's own controls show of a call, and do. */
export interface SystemCall {
  readonly title: string;
  readonly muted: boolean;
  readonly onToggle: () => void;
  readonly onHangUp: () => void;
}

/** Tells the system, where the browser can (W3C Media Session); what comes back ends it. */
export function tellSystem({ title, muted, onToggle, onHangUp }: SystemCall): () => void {
  if (!('mediaSession' in navigator)) return () => undefined;
  const { mediaSession } = navigator;
  mediaSession.metadata = new MediaMetadata({ title, artist: 'Partyline' });
  void mediaSession.setMicrophoneActive(!muted);
  handle('togglemicrophone', onToggle);
  handle('hangup', onHangUp);
  return () => {
    mediaSession.metadata = null;
    handle('togglemicrophone', null);
    handle('hangup', null);
  };
}

type CallAction = 'togglemicrophone' | 'hangup';

/** Browsers throw at an action that they do not know. */
function handle(action: CallAction, deed: (() => void) | null): void {
  try {
    // TypeScript's list of actions is older than those of calls.
    navigator.mediaSession.setActionHandler(action as MediaSessionAction, deed);
  } catch {
    // The key does what the browser does with it.
  }
}
