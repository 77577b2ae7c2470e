import { render } from 'preact';
import { keepFocus } from '../style/keep-focus.ts';
import { keepInSight } from '../style/keep-in-sight.ts';
import { Notices } from '../style/notices.tsx';
import { speakFirst } from '../words/choice.ts';
import { Console } from './console.ts';
import { Page } from './view/page.tsx';
import { CONSOLE_WORDS } from './words.ts';

const root = document.getElementById('page');
if (!root) throw new Error('console.html has an element with id "page"');
await speakFirst(CONSOLE_WORDS);
// Before the first view, which may take the focus.
keepFocus();
render(<Page desk={new Console(new Notices())} />, root);
keepInSight();
