import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/**
 * What takes longest, the longest first: begun last, one of them would keep a worker after all others
 * are done. Flows that wait and those that work a browser by turns; then the pages, and the units.
 */
const LONGEST = [
  'conformance/',
  'flows/lobby',
  'flows/moderator',
  'flows/bad-input',
  'flows/mid-dialogue',
  'flows/pages',
  'flows/guessing',
  'flows/first-call',
  'flows/reception',
  'flows/keypad',
  'flows/personal-code',
  'flows/resync',
  'flows/restart',
  'flows/dial-out',
  'flows/several-processes',
  'flows/log',
  'flows/several-nodes',
  'flows/hold-to-talk',
  'flows/survive',
  'flows/start',
  'flows/engines-away',
  'flows/ghosts',
  'web-phone/axe',
  'web-phone/keyboard-page',
  'web-phone/softphone-page',
  'web-phone/door-page',
  'web-phone/moderation-page',
  'web-phone/requests-page',
  'web-phone/console-page',
  'web-phone/crowd-page',
  'meetings/events/kill',
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
