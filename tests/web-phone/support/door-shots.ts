import type { Page } from 'playwright-core';
import { ticket } from './people.ts';
import type { PageServer } from './page-server.ts';
import { allowJoining } from './scenes.ts';
import { speakIn } from './shot.ts';
import type { Shot } from './shot.ts';

/** The door's states beside the plain one: tests of the line, troubles, other ways and languages. */
export const DOOR_SHOTS: readonly Shot[] = [
  { name: 'door-german', play: inGerman },
  { name: 'door-echo', play: echo },
  { name: 'door-echo-nothing', play: echoWithoutMedia },
  { name: 'door-echo-refused', play: echoRefused },
  { name: 'door-processing', play: processing },
  { name: 'door-call-me', play: callMe },
  { name: 'door-dismissed', play: (page, server) => troubled(page, server, 'dismissed') },
  { name: 'door-busy', play: (page, server) => troubled(page, server, 'busy') },
  { name: 'door-missing', play: (page, server) => troubled(page, server, 'missing') },
  { name: 'door-insecure', play: (page, server) => troubled(page, server, 'insecure') },
  { name: 'door-old-browser', play: (page, server) => troubled(page, server, 'old') },
  { name: 'door-unplugged', whole: false, play: unplugged },
  { name: 'call-sound-off', whole: false, play: soundOff },
];

/** How a browser is made to fail, and what the page says then. */
export const TROUBLES = {
  refused: {
    script: failing('NotAllowedError', 'Permission denied'),
    title: 'The microphone is blocked',
  },
  dismissed: {
    script: failing('NotAllowedError', 'Permission dismissed'),
    title: 'The question about the microphone was closed',
  },
  system: {
    script: failing('NotAllowedError', 'Permission denied by system'),
    title: 'Your computer keeps the microphone from the browser',
  },
  busy: { script: failing('NotReadableError'), title: 'The microphone is in use' },
  missing: { script: failing('NotFoundError'), title: 'No microphone found' },
  insecure: {
    script: `Object.defineProperty(window, 'isSecureContext', { value: false })`,
    title: 'This page cannot use a microphone',
  },
  old: { script: `delete window.RTCPeerConnection`, title: 'This browser cannot make calls' },
} as const;

function failing(name: string, message = ''): string {
  return `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('${message}', '${name}'))`;
}

export async function openDoor(page: Page, server: PageServer): Promise<void> {
  await page.goto(`${server.url}/join/t1`);
  await page.getByLabel('Your name').fill('Ada Lovelace');
}

async function ready(page: Page, server: PageServer): Promise<void> {
  allowJoining(server);
  await openDoor(page, server);
  await page.getByText('Say something').waitFor();
}

async function inGerman(page: Page, server: PageServer): Promise<void> {
  const { meeting } = ticket();
  allowJoining(server, {
    meeting: { ...meeting, lobby: true, muteOnEntry: true, waitForModerator: true },
  });
  await openDoor(page, server);
  await page.getByText('Say something').waitFor();
  await speakIn(page, 'de');
}

/** The second stream that the page measures is what comes back: here the first, 1.1 s later. */
export const LOOPED_BACK = `{
  const native = AudioContext.prototype.createMediaStreamSource;
  AudioContext.prototype.createMediaStreamSource = function (stream) {
    this.sources = (this.sources ?? 0) + 1;
    if (this.sources !== 2) return (this.first = native.call(this, stream));
    const delay = new DelayNode(this, { maxDelayTime: 3, delayTime: 1.1 });
    this.first.connect(delay);
    return delay;
  };
}`;

async function echo(page: Page, server: PageServer): Promise<void> {
  await page.addInitScript(LOOPED_BACK);
  await ready(page, server);
  await page.getByRole('button', { name: 'Hear yourself' }).click();
  await page.getByText('You can be heard').waitFor();
}

/** A page that has waited, for all that it reads off its clock, as long as one says: `window.haveWaited(ms)`. */
export const CAN_SKIP = `{
  const { performance } = window;
  const native = performance.now.bind(performance);
  let skippedMs = 0;
  performance.now = () => native() + skippedMs;
  window.haveWaited = (ms) => { skippedMs += ms; };
}`;

/** The test runs, and has run for so long that something should have come. */
export async function hearNothing(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Hear yourself' }).click();
  await page.getByText(/^\d+ s left/).waitFor();
  await page.evaluate('window.haveWaited(6_000)');
}

async function echoWithoutMedia(page: Page, server: PageServer): Promise<void> {
  await page.addInitScript(CAN_SKIP);
  await ready(page, server);
  await hearNothing(page);
  await page.getByText('Nothing arrives from the server').waitFor();
}

async function echoRefused(page: Page, server: PageServer): Promise<void> {
  server.sip.answer = 503;
  await ready(page, server);
  await page.getByRole('button', { name: 'Hear yourself' }).click();
  await page.getByText('The phone system is not ready').waitFor();
}

async function processing(page: Page, server: PageServer): Promise<void> {
  await ready(page, server);
  await page.getByText('How the microphone hears').click();
  await page.getByLabel('Suppress noise').click();
}

async function callMe(page: Page, server: PageServer): Promise<void> {
  allowJoining(server, { meeting: { ...ticket().meeting, callMe: true } });
  await openDoor(page, server);
  await page.getByRole('button', { name: 'Call my phone instead' }).waitFor();
}

async function troubled(
  page: Page,
  server: PageServer,
  kind: keyof typeof TROUBLES,
): Promise<void> {
  await page.addInitScript(TROUBLES[kind].script);
  allowJoining(server);
  await openDoor(page, server);
  await page.getByText(TROUBLES[kind].title).waitFor();
}

/** Two microphones, of which the page can pull one out. */
export const TWO_MICROPHONES = `{
  const media = navigator.mediaDevices;
  const native = media.getUserMedia.bind(media);
  const plugged = new Map([['usb', 'USB headset'], ['built-in', 'Built-in microphone']]);
  media.enumerateDevices = async () =>
    [...plugged].map(([deviceId, label]) => ({ kind: 'audioinput', deviceId, label }));
  window.opened = [];
  media.getUserMedia = async ({ audio }) => {
    const wanted = audio.deviceId?.ideal;
    const deviceId = plugged.has(wanted) ? wanted : [...plugged.keys()].at(-1);
    if (deviceId === undefined) throw new DOMException('', 'NotFoundError');
    const stream = await native({ audio: true });
    const [track] = stream.getAudioTracks();
    track.getSettings = () => ({ deviceId });
    window.opened.push({ ...audio, deviceId, track });
    return stream;
  };
  window.pullOut = (id) => {
    plugged.delete(id);
    for (const { deviceId, track } of window.opened)
      if (deviceId === id && track.readyState === 'live') {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    media.dispatchEvent(new Event('devicechange'));
  };
  window.plugIn = (id, label) => {
    plugged.set(id, label);
    media.dispatchEvent(new Event('devicechange'));
  };
}`;

async function unplugged(page: Page, server: PageServer): Promise<void> {
  await page.addInitScript(TWO_MICROPHONES);
  await ready(page, server);
  await page.getByLabel('Microphone', { exact: true }).selectOption('USB headset');
  await page.waitForFunction(`window.opened.at(-1)?.deviceId === 'usb'`);
  await page.evaluate(`window.pullOut('usb')`);
  await page.getByText('“USB headset” is unplugged').waitFor();
}

/** Safari, and a page that came back by itself. */
export const NO_AUTOPLAY = `{
  window.mayPlay = false;
  HTMLMediaElement.prototype.play = function () {
    if (window.mayPlay) return Promise.resolve();
    return Promise.reject(new DOMException('', 'NotAllowedError'));
  };
}`;

async function soundOff(page: Page, server: PageServer): Promise<void> {
  await page.addInitScript(NO_AUTOPLAY);
  await ready(page, server);
  await page.getByRole('button', { name: 'Join the meeting' }).click();
  await page.getByText('Your browser keeps the sound off').waitFor();
}
