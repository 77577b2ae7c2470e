/**
 * Keeps the screen on, where the browser can (W3C Screen Wake Lock): a phone that locks itself takes the
 * microphone away. The browser drops the lock whenever the page is hidden, so it is asked again.
 * What comes back ends it.
 */
export function stayAwake(): () => void {
  if (!('wakeLock' in navigator)) return () => undefined;
  let lock: WakeLockSentinel | undefined;
  let over = false;
  const ask = async () => {
    if (document.visibilityState !== 'visible') return;
    const given = await navigator.wakeLock.request('screen').catch(batteryIsLow);
    if (over) void given?.release();
    else lock = given;
  };
  const onVisible = () => void ask();
  document.addEventListener('visibilitychange', onVisible);
  void ask();
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', onVisible);
    void lock?.release();
  };
}

/** Then the screen goes off as it always does. */
function batteryIsLow(): undefined {}
