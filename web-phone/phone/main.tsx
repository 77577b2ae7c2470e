import { render } from 'preact';
import { keepFocus } from '../style/keep-focus.ts';
import { keepInSight } from '../style/keep-in-sight.ts';
import { Notices } from '../style/notices.tsx';
import { speakFirst } from '../words/choice.ts';
import { tellOfDevices } from './device-notices.ts';
import { EchoDoor } from './echo-door.ts';
import { recall } from './memory.ts';
import { Softphone } from './softphone.ts';
import { followSpeaker, silenced } from './speaker.ts';
import { Page } from './view/page.tsx';
import { PHONE_WORDS } from './words.ts';

const ear = new Audio();
const speaker = () => recall().speaker;
followSpeaker(ear, speaker);

const notices = new Notices();
const ticket = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const phone = async (on: HTMLAudioElement) => (await import('./sip-phone.ts')).sipJsPhone(on);
const softphone = new Softphone({
  ticket,
  notices,
  onHearing: (on) => (ear.muted = !on),
  phone: () => phone(ear),
});
const { microphone } = softphone;
const echo = new EchoDoor({ ticket, microphone, phone, speaker });
window.addEventListener('pagehide', () => echo.close());

const root = document.getElementById('page');
if (!root) throw new Error('join.html has an element with id "page"');
await speakFirst(PHONE_WORDS);
tellOfDevices(microphone, notices);
// Before the first view, which may take the focus.
keepFocus();
render(
  <Page softphone={softphone} notices={notices} ear={ear} echo={echo} silenced={silenced(ear)} />,
  root,
);
keepInSight();
