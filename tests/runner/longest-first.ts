import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/**
 * What takes longest, the longest first: begun last, one of them would keep a worker after all others
 * are done. Flows that wait and those that work a browser by turns; then the pages, and the units.
 */
const LONGEST = [
  'flows/lobby',
  'flows/dial-out',
  'flows/bad-input',
  'flows/first-call',
  'flows/reception',
  'flows/keypad',
  'flows/console-room',
  'flows/mid-dialogue',
  'flows/personal-code',
  'flows/resync',
  'flows/guessing',
  'flows/several-processes',
  'flows/firefox',
  'flows/kick-ban',
  'flows/pages',
  'flows/several-nodes',
  'flows/start',
  'conformance/',
  'flows/turn.',
  'flows/engines-away',
  'flows/telephone-outside',
  'flows/history',
  'flows/telephone-browser',
  'flows/ghosts',
  // Its times are told: the checks are over by then.
  'flows/survive',
  'flows/moderator',
  'flows/browser-media',
  'flows/hold-to-talk',
  'flows/ways-in',
  'flows/desk-phone',
  'flows/restart',
  'flows/echo',
  'web-phone/axe',
  'web-phone/keyboard-page',
  'web-phone/softphone-page',
  'web-phone/door-page',
  'web-phone/moderation-page',
  'web-phone/requests-page',
  'web-phone/console-page',
  'web-phone/crowd-page',
  'meetings/kill',
  'api/access',
  'api/feed/consumer',
  'support/prompt-ear',
  'api/fuzz',
  'switch/media/engine',
  'bigbluebutton/fuzz',
  'api/webhooks/killed',
  'switch/media/',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const found = LONGEST.findIndex((name) => moduleId.includes(`/tests/${name}`));
  return found === -1 ? LONGEST.length : found;
}
