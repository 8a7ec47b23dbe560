import type { TestProject } from 'vitest/node';
import { findChromium, launchChromium } from './chromium';
import { Program } from './Program';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the program is served; empty when there is no browser to visit it with. */
    readonly base: string;
    readonly browser: string;
  }
}

const advice = 'Install Chromium (or Chrome), or name it with TIDEMARK_CHROMIUM.';

/** Starts what the tests visit and what they visit it with. Without a browser they are left out, unless all must run. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const chromium = findChromium();
  if (chromium === null) {
    if (process.env['TIDEMARK_TEST_ALL'] === '1')
      throw new Error(`There is no browser for the browser tests. ${advice}`);
    process.stdout.write(`The browser tests are left out: there is no browser. ${advice}\n`);
    project.provide('base', '');
    project.provide('browser', '');
    return undefined;
  }
  const program = await Program.start();
  const browser = await launchChromium(chromium);
  project.provide('base', program.url);
  project.provide('browser', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await program.remove();
  };
}
