import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/runner/longest-first.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    testTimeout: 10_000,
    hookTimeout: 30_000,
    // Flows wait on speech in real time; with more of one file's phones at once a busy machine drops their sound.
    maxConcurrency: 5,
    sequence: { sequencer: LongestFirst },
    reporters: ['default'],
  },
});
