import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    testTimeout: 10_000,
    hookTimeout: 30_000,
    // Flows wait on speech in real time, not on a processor: more of one file's at once.
    maxConcurrency: 12,
    reporters: ['default'],
  },
});
