import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** What takes longest, the longest first: begun last, one of them would keep a worker after all others are done. */
const LONGEST = [
  'flows/bad-input',
  'flows/guessing',
  'conformance/',
  'flows/engines-away',
  'flows/resync',
  'flows/lobby',
  'flows/dial-out',
  'flows/reception',
  'flows/keypad',
  'web-phone/softphone-page',
  'web-phone/moderation-page',
  'web-phone/console-page',
  'web-phone/requests-page',
  'support/prompt-ear',
  'api/access',
  'switch/media/engine',
  'switch/media/dsp/codecs',
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
