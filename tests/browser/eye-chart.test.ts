import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { findBarriers, findBarriersIn } from './stage/axe';
import { countCandles, untilDrawn } from './stage/chart';
import { openAs } from './stage/eye';
import { phone, test } from './stage/visit';

const patience = { timeout: 90_000 };
const side = (page: Page) => page.getByRole('complementary', { name: 'Beside the chart' });
const rows = (page: Page) => side(page).getByRole('region', { name: 'Active patterns' }).getByRole('button');
const slider = (page: Page) => page.getByRole('slider', { name: /^Show the chart as it was known/ });
const param = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

/** History is looked at while the program starts: patterns come as soon as that is done. */
async function untilSeen(page: Page, timeframe: string): Promise<void> {
  await untilDrawn(page, timeframe);
  await rows(page).first().waitFor(patience);
}

async function openSeen(
  visit: { open: (path: string, options?: object) => Promise<Page> },
  timeframe = '5m',
  options = {},
): Promise<Page> {
  const page = await visit.open(`/chart/BTC-USDT?tf=${timeframe}`, options);
  await untilSeen(page, timeframe);
  return page;
}

describe('what the eye sees', () => {
  test('is listed beside the chart and explained when it is chosen', { timeout: 120_000 }, async ({
    visit,
  }) => {
    const page = await openSeen(visit);
    await rows(page).first().click();
    const why = side(page).getByRole('article', { name: 'Why is this here?' });
    await why
      .getByRole('region', { name: 'What makes it one' })
      .getByText('It could be known from')
      .waitFor();
    await why.getByText('Known at').waitFor();
    await why.getByRole('region', { name: /^Measured reliability/ }).waitFor();
    await why.getByText(/^Candles used \(\d+\)$/).click();
    expect(await why.getByRole('table').last().getByRole('row').count()).toBeGreaterThan(0);
    expect(param(page, 'pattern')).toMatch(/^\d+$/);
    expect(await why.getByRole('link', { name: /^Learn about it/ }).getAttribute('href')).toMatch(
      /^\/learn\/patterns\/[a-z-]+$/,
    );
    await page.reload();
    await why.getByText('Known at').waitFor();
    await page.keyboard.press('Escape');
    await rows(page).first().waitFor();
    expect(param(page, 'pattern')).toBeNull();
  });

  test('is gone through by keys, and the timeframe keys stay', { timeout: 120_000 }, async ({ visit }) => {
    const page = await openSeen(visit);
    const chosen = () => param(page, 'pattern') ?? param(page, 'signal');
    await page.keyboard.press('j');
    await expect.poll(chosen).not.toBeNull();
    const first = chosen();
    await page.keyboard.press('j');
    await expect.poll(chosen).not.toBe(first);
    await page.keyboard.press('k');
    await expect.poll(chosen).toBe(first);
    await page.keyboard.press('3');
    await untilDrawn(page, '15m');
  });

  test('is filtered in the address, and the choice is remembered', { timeout: 120_000 }, async ({
    visit,
  }) => {
    const page = await openSeen(visit);
    const gaps = side(page).getByRole('button', { name: 'Gaps' });
    expect(await gaps.getAttribute('aria-pressed')).toBe('true');
    await gaps.click();
    await expect.poll(() => param(page, 'hide')).toBe('FVG');
    await side(page).getByText('Active only').click();
    await expect.poll(() => param(page, 'state')).toBe('active');
    expect(await rows(page).filter({ hasText: 'Fair value gap' }).count()).toBe(0);
    await page.goto('/chart/BTC-USDT?tf=5m');
    await expect.poll(() => gaps.getAttribute('aria-pressed')).toBe('false');
    await side(page).getByRole('button', { name: 'Show everything' }).click();
    await expect.poll(() => gaps.getAttribute('aria-pressed')).toBe('true');
  });
});

describe('a moment of the past', () => {
  test('hides what came later, by slider and by key', { timeout: 120_000 }, async ({ visit }) => {
    const page = await openSeen(visit);
    const now = await countCandles(page);
    expect(await slider(page).getAttribute('aria-valuetext')).toBe('Live');
    await slider(page).focus();
    for (let presses = 0; presses < 30; presses++) await page.keyboard.press('ArrowLeft');
    await expect.poll(() => slider(page).getAttribute('aria-valuetext')).toMatch(/^As of /);
    await expect.poll(() => countCandles(page)).toBeLessThanOrEqual(now - 28);
    await expect.poll(() => param(page, 'at')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
    const moment = Date.parse(param(page, 'at') ?? '');
    for (const time of await rows(page).locator('time').all())
      expect(Date.parse((await time.getAttribute('datetime')) ?? '')).toBeLessThanOrEqual(moment);
    await page.reload();
    await expect.poll(() => slider(page).getAttribute('aria-valuetext')).toMatch(/^As of /);
    await page.keyboard.press('a');
    await expect.poll(() => slider(page).getAttribute('aria-valuetext')).toBe('Live');
    await expect.poll(() => param(page, 'at')).toBeNull();
    await expect.poll(() => countCandles(page)).toBeGreaterThanOrEqual(now);
  });

  test('says of a pattern that it was not known yet', { timeout: 120_000 }, async ({ visit }) => {
    const page = await openSeen(visit);
    const known = await rows(page).first().locator('time').getAttribute('datetime');
    await rows(page).first().click();
    await page.waitForURL(/pattern=\d+/);
    const before = new Date(Date.parse(known ?? '') - 600_000).toISOString();
    await page.goto(`/chart/BTC-USDT?tf=5m&pattern=${param(page, 'pattern')}&at=${before}`);
    await side(page).getByText('This was not known yet.').waitFor();
  });
});

describe('a plan that leaves things out', () => {
  test('shows them locked, and says why', { timeout: 120_000 }, async ({ visit }) => {
    const page = await openAs(visit, 'free', '/chart/BTC-USDT?tf=5m');
    await untilDrawn(page, '5m');
    const locked = side(page).getByRole('link', { name: /^Order blocks, Locked/ });
    await locked.waitFor(patience);
    expect(await rows(page).filter({ hasNotText: 'Fair value gap' }).count()).toBe(0);
    const why = side(page).getByRole('region', { name: 'Locked' });
    expect(await why.getByRole('link', { name: /^Why can’t I see this\?/ }).count()).toBeGreaterThan(1);
    await locked.click();
    await page.waitForURL('**/profile/subscription?why=patterns.kinds');
  });

  test('keeps the place of a symbol it does not show', async ({ visit }) => {
    const page = await openAs(visit, 'free', '/chart/ETH-USDT?tf=1h', { expects: /403/ });
    await untilDrawn(page, '1h');
    await side(page).getByText('Patterns of ETH/USDT are locked').waitFor();
    await side(page).getByRole('link', { name: 'Why can’t I see this?' }).waitFor();
  });
});

/** Stands between page and server, and can put words into the server's mouth. */
async function listenIn(page: Page) {
  const channels = new Map<string, number>();
  let say: (frame: string) => void = () => undefined;
  await page.routeWebSocket(/\/ws$/, (wire) => {
    const server = wire.connectToServer();
    say = (frame) => wire.send(frame);
    server.onMessage((text) => {
      const frame = JSON.parse(String(text)) as { type: string; channel?: string; seq?: number };
      if (frame.channel !== undefined && frame.seq !== undefined) channels.set(frame.channel, frame.seq);
      wire.send(text);
    });
  });
  return {
    hears: (channel: string) => channels.has(channel),
    tell: (channel: string, data: unknown) =>
      say(
        JSON.stringify({
          type: 'message',
          channel,
          seq: (channels.get(channel) ?? 0) + 1,
          at: new Date().toISOString(),
          data,
        }),
      ),
  };
}

describe('live', () => {
  test('a pattern that the stream tells of appears without a reload', { timeout: 120_000 }, async ({
    visit,
  }) => {
    let wire: Awaited<ReturnType<typeof listenIn>> | undefined;
    const page = await openSeen(visit, '5m', {
      prepare: async (opened: Page) => {
        wire = await listenIn(opened);
      },
    });
    const channel = 'patterns:BTC/USDT:FVG';
    await expect.poll(() => wire?.hears(channel)).toBe(true);
    const answer = await page.request.get('/api/v1/patterns?symbol=BTC-USDT&timeframe=5m&status=all&limit=1');
    const [known] = ((await answer.json()) as { data: object[] }).data;
    const told = {
      ...known,
      id: 999_999_999,
      kind: 'fairValueGap',
      code: 'FVG',
      direction: 'bullish',
      status: 'active',
      strength: 42,
      zone: { bottom: 12_345.6, top: 12_346.7 },
      knownAt: new Date().toISOString(),
      endedAt: null,
      endReason: null,
    };
    wire?.tell(channel, { change: 'confirmed', pattern: told, isCovered: false, receivedAt: null });
    await rows(page).filter({ hasText: '12,345.6' }).waitFor();
    await page.getByText('New: ▲ Fair value gap, Bullish, BTC/USDT 5m').waitFor({ state: 'attached' });
  });
});

const themes = ['dark', 'light'] as const;

describe('for everybody', () => {
  test('has no barriers in either theme', { timeout: 120_000 }, async ({ visit }) => {
    const page = await openSeen(visit);
    expect(await findBarriersIn(themes, page)).toEqual([]);
    await rows(page).first().click();
    await side(page).getByText('Known at').waitFor();
    await page.keyboard.press('a');
    await expect.poll(() => slider(page).getAttribute('aria-valuetext')).toMatch(/^As of /);
    expect(await findBarriersIn(themes, page)).toEqual([]);
  });

  test('fits a phone, and leads from the chart to the explanation', { timeout: 120_000 }, async ({
    visit,
  }) => {
    const page = await openSeen(visit, '5m', phone);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await rows(page).first().click();
    // A page that is not yet as long as it will be cannot be scrolled as far.
    await side(page).getByText('Known at').waitFor();
    await page.getByRole('button', { name: 'Why is this here?' }).click();
    await expect
      .poll(async () => (await side(page).boundingBox())?.y ?? Number.POSITIVE_INFINITY)
      .toBeLessThan(200);
    expect(await findBarriers(page)).toEqual([]);
  });
});
