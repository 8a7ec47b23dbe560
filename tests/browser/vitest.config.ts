import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { InOrder } from './stage/InOrder';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  test: {
    include: ['*.test.ts'],
    globalSetup: [here('stage/setup.ts')],
    // One program and one Chromium serve all files, one after the other.
    fileParallelism: false,
    sequence: { sequencer: InOrder },
    // What is waited for comes at once on a quiet machine; on a busy one it may take its time.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 240_000,
    hookTimeout: 120_000,
    reporters: ['default', ['junit', { outputFile: here('../../artifacts/test-results/browser.xml') }]],
  },
});
