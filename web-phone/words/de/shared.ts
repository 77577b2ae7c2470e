import { counts } from './counts.ts';

/** What parts of several pages say. */
export const sharedWords = { counts };
