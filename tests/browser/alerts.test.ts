import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { findBarriers } from './stage/axe';
import { openAs, overflow, patience } from './stage/eye';
import { phone, test } from './stage/visit';

const rows = (page: Page) => page.locator('tr[data-alert]');
const form = (page: Page) => page.getByRole('region', { name: 'New alert' });

async function save(page: Page): Promise<void> {
  await form(page).getByRole('button', { name: 'Save the alert' }).click();
  await page.waitForURL('**/alerts');
}

describe('an alert', () => {
  test('of a price is rehearsed, comes true, rings the bell, and tells of each step', async ({ visit }) => {
    const page = await openAs(visit, 'pro', '/alerts');
    await page.getByText('No alert yet').waitFor();
    await page.getByRole('link', { name: 'New alert' }).first().click();
    await form(page).getByRole('combobox', { name: 'When the price' }).selectOption('PRICE_ABOVE');
    const price = form(page).getByRole('textbox', { name: 'Price' });
    await price.fill('-1');
    await price.blur();
    await form(page).getByText('A number above 0.').waitFor();
    await price.fill('1000');
    await page.getByText('It is true right now.').waitFor();
    const rehearsal = page.getByRole('region', { name: 'Rehearsal' });
    await rehearsal.getByText(/^once in \d+ days/).waitFor(patience);
    await rehearsal.getByText(/These are simulated prices/).waitFor();
    await save(page);

    const row = rows(page).filter({ hasText: 'Price is above 1,000.00' });
    await expect.poll(() => row.getAttribute('data-status'), { timeout: 20_000 }).toBe('TRIGGERED');
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
    await page.getByRole('button', { name: /BTC\/USDT is above 1000/ }).click();
    await page.waitForURL(/\/alerts\/\d+$/);
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();

    await page.getByRole('button', { name: 'Every step of: BTC/USDT is above 1000' }).click();
    const steps = page.getByRole('dialog');
    await steps.getByText(/^Accepted/).waitFor();
    expect(await steps.getByRole('listitem').count()).toBe(6);
    await page.keyboard.press('Escape');
    await page.goto('/alerts?view=metrics');
    await page.getByRole('row', { name: /^Price: is above 1/ }).waitFor();
  });

  test('rests, goes on, and is deleted and brought back', async ({ visit }) => {
    const page = await openAs(visit, 'pro', '/alerts/new?symbol=ETH-USDT&condition=PRICE_BELOW&threshold=10');
    await save(page);
    const row = rows(page).filter({ hasText: 'Price is below 10.0000' });
    await row.getByRole('button', { name: /^Pause/ }).click();
    await expect.poll(() => row.getAttribute('data-status')).toBe('PAUSED');
    await row.getByRole('button', { name: /^Resume/ }).click();
    await expect.poll(() => row.getAttribute('data-status')).toBe('ACTIVE');
    await row.getByRole('button', { name: /^Delete/ }).click();
    await expect.poll(() => row.count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => row.getAttribute('data-status')).toBe('ACTIVE');
    await row.getByRole('link').click();
    await page.waitForURL(/\/alerts\/\d+$/);
    await page.getByRole('textbox', { name: 'Price' }).fill('12');
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await page.getByText('Saved. It is armed from now on.').waitFor();
    await page.getByRole('heading', { name: 'ETH/USDT: Price is below 12.0000', level: 1 }).waitFor();
  });

  test('by a formula shows a fault at its place, and marks the chart once it is right', async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/alerts/new?condition=FORMULA', {
      expects: /status of 400/,
    });
    const formula = form(page).getByRole('textbox', { name: 'Formula' });
    await formula.fill('RSI(14) < 40\nand clos > 1');
    const fault = form(page).getByRole('alert').filter({ hasText: 'Line 2, character 5' });
    await fault.waitFor();
    expect(await fault.locator('mark').innerText()).toBe('c');
    await form(page).getByText('How formulas are written').click();
    await form(page).getByRole('button', { name: 'Use RSI(14) < 30' }).click();
    await fault.waitFor({ state: 'detached' });
    await page
      .getByRole('region', { name: 'Rehearsal' })
      .getByText(/ in 90 days/)
      .waitFor(patience);
    await page.getByRole('group', { name: /^BTC\/USDT, with the level/ }).waitFor();
  });

  test('of a kind the plan leaves locked says so', async ({ visit }) => {
    const page = await openAs(visit, 'free', '/alerts/new?condition=FORMULA');
    await page.getByText('This kind of alert is locked').waitFor();
    await page.getByText('Price', { exact: true }).first().click();
    await form(page).getByRole('combobox', { name: 'When the price' }).waitFor();
  });

  test('begins at the chart, with the price of now', async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/chart/BTC-USDT');
    await page.getByRole('button', { name: 'Alert me' }).click();
    await page.waitForURL(/\/alerts\/new\?symbol=BTC-USDT&threshold=[\d.]+$/);
    await expect
      .poll(() => form(page).getByRole('textbox', { name: 'Price' }).inputValue())
      .toMatch(/^\d+\.\d$/);
  });
});

/** Pages, and what is on them once they are complete. */
const looks = [
  ['/alerts', 'tr[data-alert]'],
  ['/alerts?view=history', 'tr[data-trigger]'],
  ['/alerts?view=metrics', 'th:has-text("Sent to accepted")'],
  ['/alerts/new?threshold=60000', '[aria-busy=false] dl'],
] as const;

describe.each([
  ['dark', {}],
  ['light', phone],
] as const)('in the %s theme %o', (colorScheme, size) => {
  test('axe finds no barrier in alerts, and all fits', async ({ visit }) => {
    const page = await openAs(visit, 'pro', '/alerts', { colorScheme, ...size });
    for (const [path, sign] of looks) {
      await page.goto(path);
      await page.locator(sign).first().waitFor(patience);
      expect(await overflow(page), path).toBe(0);
      expect(await findBarriers(page), path).toEqual([]);
    }
  });
});

test('between a phone and a desk the bar keeps to its width', async ({ visit }) => {
  const page = await openAs(visit, 'premium', '/alerts', { viewport: { width: 800, height: 700 } });
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await overflow(page)).toBe(0);
});
