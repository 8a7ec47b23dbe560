import type { TestProject } from 'vitest/node';
import { findChromium, launchChromium } from './chromium';
import { Messages } from './Messages';
import { messagesAt, Program } from './Program';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the program is served; empty when there is no browser to visit it with. */
    readonly base: string;
    readonly browser: string;
    /** The stand-in for message services. */
    readonly messages: string;
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
    project.provide('messages', '');
    return undefined;
  }
  const messages = await Messages.start();
  const program = await Program.start(messagesAt(messages.url));
  const browser = await launchChromium(chromium);
  project.provide('base', program.url);
  project.provide('browser', browser.wsEndpoint());
  project.provide('messages', messages.url);
  return async () => {
    await browser.close();
    await program.remove();
    await messages.stop();
  };
}
