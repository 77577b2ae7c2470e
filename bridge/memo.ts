import { isRoom } from '../protocol/room/check.ts';
import {
  hasShape,
  isCount,
  isFlag,
  isListOf,
  isOneOf,
  isOptional,
  isWithin,
  parseJson,
} from '../protocol/room/shape.ts';
import type { Check } from '../protocol/room/shape.ts';
import { NEW_HERE } from './standing.ts';
import type { Standing } from './standing.ts';

/** The channel variable in which a leg carries what we keep of it. */
export const MEMO_VARIABLE = 'partyline_memo';

/** A memo is read with each channel that an audit finds: it stays a few hundred bytes. */
const MAX_TEXT = 300;

const isShort: Check = (value) => typeof value === 'string' && value.length <= MAX_TEXT;
const isTrue: Check = (value) => value === true;
const isStep = isWithin(-4, 4);

const isWish = hasShape({
  muted: isOptional(isFlag),
  deaf: isOptional(isFlag),
  held: isOptional(isFlag),
  volumeIn: isOptional(isStep),
  volumeOut: isOptional(isStep),
});

const isStanding = hasShape({
  wish: isOptional(isWish),
  mutedBy: isOptional(isOneOf('self', 'moderator', 'entry')),
  askedAtMs: isOptional(isCount),
  handAtMs: isOptional(isCount),
  wantsHelp: isOptional(isTrue),
  unheard: isOptional(isListOf(isShort)),
  name: isOptional(isShort),
  role: isOptional(isOneOf('moderator', 'participant')),
  onHold: isOptional(isTrue),
  carried: isOptional(isTrue),
  lobby: isOptional(isRoom),
  lobbySinceMs: isOptional(isCount),
  admitted: isOptional(isTrue),
  nameFile: isOptional(isShort),
  invitedBy: isOptional(isShort),
  maxMs: isOptional(isCount),
  endsAtMs: isOptional(isCount),
  insideSinceMs: isOptional(isCount),
  stage: isOptional(isShort),
} satisfies Record<keyof Standing, Check>);

/** base64url of JSON: safe as a word of a command and between the braces of `originate`. */
export function formatMemo(standing: Standing): string {
  return Buffer.from(JSON.stringify(standing)).toString('base64url');
}

/** What a leg's variable says; a new leg's, and one that is not ours, say nothing. */
export function parseMemo(text: string): Standing {
  if (!/^[\w-]+$/.test(text)) return NEW_HERE;
  const value = parseJson(Buffer.from(text, 'base64url').toString('utf8'));
  return isStanding(value) ? (value as Standing) : NEW_HERE;
}
