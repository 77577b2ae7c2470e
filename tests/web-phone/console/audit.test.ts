import { expect, test } from 'vitest';
import { cameOutWords } from '../../../web-phone/console/audit.ts';
import { audit } from '../../../web-phone/words/de/audit.ts';

test.each([
  ['done', 'erledigt'],
  ['refused 401', 'abgelehnt 401'],
  ['failed 503', 'fehlgeschlagen 503'],
  ['postponed 202', 'postponed 202'],
])('the log says how an act came out, and its status: %s', (outcome, words) => {
  expect(cameOutWords(outcome, audit.cameOut)).toBe(words);
});
