import { controls } from './controls.ts';
import { counts } from './counts.ts';
import { language } from './language.ts';

/** What parts of several pages say. */
export const sharedWords = { controls, counts, language };
