import { describe, expect, test } from 'vitest';
import { devicesOf, microphoneToOpen, replugged } from '../../../web-phone/phone/devices.ts';

const listed = (...ids: readonly string[]) =>
  devicesOf(ids.map((deviceId) => ({ kind: 'audioinput', deviceId, label: `${deviceId} mic` })));

describe('the devices there are', () => {
  test('are told apart by kind; those without an id, as before a permission, are none', () => {
    const found = devicesOf([
      { kind: 'audioinput', deviceId: '', label: '' },
      { kind: 'audioinput', deviceId: 'usb', label: 'Headset' },
      { kind: 'audiooutput', deviceId: 'hdmi', label: '' },
      { kind: 'videoinput', deviceId: 'cam', label: 'Camera' },
    ]);
    expect(found).toEqual({
      microphones: [{ id: 'usb', label: 'Headset' }],
      speakers: [{ id: 'hdmi', label: '' }],
    });
  });

  test('the one that the person chose is opened where it is plugged in, else any', () => {
    expect(microphoneToOpen('usb', listed('built-in', 'usb'))).toBe('usb');
    expect(microphoneToOpen('usb', listed('built-in'))).toBe('');
  });
});

describe('a change of devices', () => {
  const USB = { wanted: 'usb', ended: false };
  test.each([
    ['another is plugged in', 'usb', USB, ['usb', 'new'], 'nothing'],
    ['the chosen one is pulled out', 'usb', { ...USB, ended: true }, ['built-in'], 'fall-back'],
    ['it is pulled out, and its track lives on', 'usb', USB, ['built-in'], 'fall-back'],
    ['the chosen one comes back', 'built-in', USB, ['built-in', 'usb'], 'return'],
    [
      'nothing was chosen, and another comes',
      'built-in',
      { wanted: '', ended: false },
      ['built-in', 'usb'],
      'nothing',
    ],
    [
      'what was open without a choice goes',
      'built-in',
      { wanted: '', ended: true },
      ['usb'],
      'fall-back',
    ],
    ['the browser tells no ids', '', { wanted: '', ended: false }, [], 'nothing'],
  ] as const)('%s', (...[, open, how, ids, kind]) => {
    expect(replugged(open, how, listed(...ids)).kind).toBe(kind);
  });
});
