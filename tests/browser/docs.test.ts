import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { findBarriers } from './stage/axe';
import { test } from './stage/visit';

const openGroup = (page: Page, name: string) => page.locator(`.opblock-tag[data-tag="${name}"]`).click();

describe('the API docs', () => {
  test.for(['/docs', '/api/docs'])('list the operations at %s', async (path, { visit }) => {
    const page = await visit.open(path);
    await openGroup(page, 'status');
    await page.locator('.opblock-summary-path').first().waitFor();
    expect(await page.locator('.opblock-summary-path').allInnerTexts()).toContain('/api/v1/status');
  });

  test('try an operation against this server', async ({ visit }) => {
    const page = await visit.open('/docs');
    await openGroup(page, 'status');
    const status = page.locator('.opblock', { has: page.getByText('/api/v1/status', { exact: true }) });
    await status.locator('.opblock-summary-control').click();
    await status.getByRole('button', { name: 'Try it out' }).click();
    await status.getByRole('button', { name: 'Execute' }).click();
    await status.locator('.live-responses-table .response-col_status').getByText('200').waitFor();
    expect(await status.locator('.live-responses-table').innerText()).toContain('uptimeSeconds');
  });

  test('have no barrier when an operation is open', async ({ visit }) => {
    const page = await visit.open('/docs');
    await openGroup(page, 'auth');
    await page.locator('.opblock-post .opblock-summary-control').first().click();
    await page.locator('.opblock-post .responses-table').first().waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});
