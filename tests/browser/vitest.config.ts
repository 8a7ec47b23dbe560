import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  test: {
    include: ['*.test.ts'],
    globalSetup: [here('stage/setup.ts')],
    // One program and one Chromium serve all files, one after the other.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['junit', { outputFile: here('../../artifacts/test-results/browser.xml') }]],
  },
});
