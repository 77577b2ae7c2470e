import { render } from 'preact';
import { keepFocus } from '../style/keep-focus.ts';
import { keepInSight } from '../style/keep-in-sight.ts';
import { Notices } from '../style/notices.tsx';
import { speakFirst } from '../words/choice.ts';
import { words } from '../words/words.ts';
import { Telephone } from './telephone.ts';
import { Page } from './view/page.tsx';
import { LINE_WORDS } from './words.ts';

const root = document.getElementById('page');
if (!root) throw new Error('phone.html has an element with id "page"');
await speakFirst(LINE_WORDS);
document.title = words('line').title;
const notices = new Notices();
const telephone = new Telephone({
  notices,
  open: async (options) => new (await import('./sip-line.ts')).SipLine(options),
});
// Before the first view, which may take the focus.
keepFocus();
render(<Page telephone={telephone} notices={notices} />, root);
keepInSight();
