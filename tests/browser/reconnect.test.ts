import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { Program } from './stage/Program';
import { test } from './stage/visit';

let program: Program | undefined;

beforeAll(async () => {
  if (inject('browser') !== '') program = await Program.start();
});
afterAll(() => program?.remove());

describe('when the server restarts', () => {
  test('the page says so, comes back by itself and shows the new server', { timeout: 120_000 }, async ({
    visit,
  }) => {
    if (!program) throw new Error('The program was not started');
    const page = await visit.open('/status', {
      base: program.url,
      expects: /ERR_CONNECTION|WebSocket|ERR_FAILED|503/,
      prepare: (opened) => opened.clock.install(),
    });
    const state = page.getByRole('banner').locator('[data-state]');
    await expect.poll(() => state.getAttribute('data-state')).toBe('live');
    const since = page.locator('dl div', { hasText: 'Running since' }).locator('time');
    await since.waitFor();
    const before = await since.getAttribute('datetime');

    await program.stop();
    await page.getByText('The connection to the server is lost.').last().waitFor();
    await page.clock.fastForward('00:21');
    await page.getByText('No news from the server').waitFor({ timeout: 40_000 });

    await program.run();
    await page
      .getByRole('button', { name: 'Try now' })
      .click({ timeout: 2_000 })
      .catch(() => undefined);
    await expect.poll(() => state.getAttribute('data-state'), { timeout: 40_000 }).toBe('live');
    await expect.poll(() => since.getAttribute('datetime'), { timeout: 20_000 }).not.toBe(before);
    await page.getByText('The connection to the server is lost.').first().waitFor({ state: 'hidden' });
  });
});
