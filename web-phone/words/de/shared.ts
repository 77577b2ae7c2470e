import { controls } from './controls.ts';
import { counts } from './counts.ts';
import { happenings } from './happenings.ts';
import { inRoom } from './in-room.ts';
import { language } from './language.ts';
import { problems } from './problems.ts';

/** What parts of several pages say. */
export const sharedWords = { controls, counts, happenings, inRoom, language, problems };
