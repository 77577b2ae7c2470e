import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/**
 * What takes longest, the longest first: begun last, one of them would keep a worker after all others
 * are done. Those with a browser and those without by turns, for browsers take most of a core each.
 */
const LONGEST = [
  'flows/bad-input',
  'flows/several-processes',
  'flows/guessing',
  'flows/mid-dialogue',
  'conformance/',
  'flows/engines-away',
  'flows/resync',
  'flows/lobby',
  'flows/dial-out',
  'flows/reception',
  'flows/keypad',
  'flows/start',
  'flows/restart',
  'flows/several-nodes',
  'web-phone/softphone-page',
  'meetings/events/kill',
  'api/access',
  'web-phone/requests-page',
  'api/feed/consumer',
  'web-phone/console-page',
  'support/prompt-ear',
  'api/fuzz',
  'web-phone/moderation-page',
  'switch/media/engine',
  'bigbluebutton/fuzz',
  'api/webhooks/killed',
  'web-phone/people-page',
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
