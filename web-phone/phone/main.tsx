import { render } from 'preact';
import { Notices } from '../style/notices.tsx';
import { speakFirst } from '../words/choice.ts';
import { recall } from './memory.ts';
import { Softphone } from './softphone.ts';
import { canChooseSpeaker, useSpeaker } from './speaker.ts';
import { Page } from './view/page.tsx';
import { PHONE_WORDS } from './words.ts';

const ear = new Audio();
const { speaker } = recall();
if (speaker !== '' && canChooseSpeaker()) void useSpeaker(ear, speaker);

const notices = new Notices();
const ticket = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const softphone = new Softphone({
  ticket,
  notices,
  onHearing: (on) => (ear.muted = !on),
  phone: async () => (await import('./sip-js.ts')).sipJsPhone(ear),
});

const root = document.getElementById('page');
if (!root) throw new Error('join.html has an element with id "page"');
await speakFirst(PHONE_WORDS);
render(<Page softphone={softphone} notices={notices} ear={ear} />, root);
