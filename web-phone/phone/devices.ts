/** A device as the browser names it; `label` is empty until the person allowed the microphone once. */
export interface AudioDevice {
  readonly id: string;
  readonly label: string;
}

export interface Devices {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
}

export const NO_DEVICES: Devices = { microphones: [], speakers: [] };

type Found = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>;

/** Those that can be chosen: browsers hide the ids of the others, and list one empty device a kind. */
export function devicesOf(found: readonly Found[]): Devices {
  return { microphones: ofKind(found, 'audioinput'), speakers: ofKind(found, 'audiooutput') };
}

function ofKind(found: readonly Found[], kind: MediaDeviceKind): AudioDevice[] {
  return found
    .filter((device) => device.kind === kind && device.deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** Which microphone to take: the one wanted where it is plugged in, else whatever the machine has (''). */
export function microphoneToOpen(wanted: string, { microphones }: Devices): string {
  return microphones.some(({ id }) => id === wanted) ? wanted : '';
}

/** What a change of devices means for the microphone that is open. */
export type Replugged =
  | { readonly kind: 'nothing' }
  /** What was open is gone: open another. */
  | { readonly kind: 'fall-back' }
  /** What the person chose is there again. */
  | { readonly kind: 'return' };

/** `open`: the device that is, '' where none; `wanted`: the one the person chose, '' for no choice. */
export function replugged(
  open: string,
  { wanted, ended }: { readonly wanted: string; readonly ended: boolean },
  { microphones }: Devices,
): Replugged {
  const isThere = (id: string) => microphones.some((each) => each.id === id);
  if (wanted !== '' && wanted !== open && isThere(wanted)) return { kind: 'return' };
  if (ended || (open !== '' && microphones.length > 0 && !isThere(open)))
    return { kind: 'fall-back' };
  return { kind: 'nothing' };
}
