import { render } from 'preact';
import { Notices } from '../style/notices.tsx';
import { Console } from './console.ts';
import { Page } from './view/page.tsx';

const root = document.getElementById('page');
if (!root) throw new Error('console.html has an element with id "page"');
render(<Page desk={new Console(new Notices())} />, root);
