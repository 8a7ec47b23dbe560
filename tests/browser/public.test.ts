import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { phone, test } from './stage/visit';

const publicPages = ['/', '/terms', '/privacy', '/disclaimer', '/docs'];

describe('the landing page', () => {
  test('can be read without JavaScript', async ({ visit }) => {
    const page = await visit.open('/', { javaScriptEnabled: false });
    expect(await page.locator('h1').innerText()).toContain('Patterns in crypto markets');
    expect(await page.locator('#plans').innerText()).toContain('nothing is sold yet');
    expect(await page.locator('#risk').innerText()).toContain('substantial risk of loss');
    await page.getByText('Will it make me money?').click();
    expect(await page.getByText('Nobody can promise that').isVisible()).toBe(true);
  });

  test('shows the plans with their prices', async ({ visit }) => {
    const page = await visit.open('/');
    const plans = page.locator('.plans');
    expect(await plans.getByRole('columnheader').allInnerTexts()).toEqual([
      expect.stringContaining('$0'),
      expect.stringContaining('$19'),
      expect.stringContaining('$49'),
    ]);
    expect(await plans.getByRole('row', { name: 'Symbols' }).innerText()).toContain('BTC/USDT');
  });

  test('says that its chart is an illustration, and tells the truth about this server', async ({ visit }) => {
    const page = await visit.open('/');
    expect(await page.locator('figcaption').innerText()).toContain('made-up prices');
    expect(await page.locator('.facts').innerText()).toMatch(/Running[\s\S]*0\.1\.0/);
  });

  test('weighs less than 100 KB before images', async ({ visit }) => {
    const bytes = await weigh(visit, '/');
    expect(bytes).toBeLessThan(100_000);
  });

  test('fits a phone', async ({ visit }) => {
    const page = await visit.open('/', phone);
    expect(await overflow(page)).toBe(0);
    expect(await page.getByRole('link', { name: 'Open the app' }).isVisible()).toBe(true);
  });
});

describe('search engines', () => {
  test.for(publicPages)(
    'find a title, a description, one heading and an address on %s',
    async (path, { visit }) => {
      const page = await visit.open(path);
      expect(await page.title()).toContain('Tidemark');
      expect(await page.locator('meta[name=description]').getAttribute('content')).toMatch(/.{40,}/);
      expect(await page.locator('link[rel=canonical]').getAttribute('href')).toBe(inject('base') + path);
      expect(await page.locator('meta[property="og:image"]').getAttribute('content')).toMatch(
        /^http.*\.png$/,
      );
      expect(await page.locator('h1').count()).toBeGreaterThanOrEqual(1);
    },
  );

  test('read structured data that is valid JSON', async ({ visit }) => {
    const page = await visit.open('/');
    const data = JSON.parse(await page.locator('script[type="application/ld+json"]').innerText());
    const kinds = data['@graph'].map((thing: { '@type': string }) => thing['@type']);
    expect(kinds).toEqual(['WebSite', 'SoftwareApplication', 'FAQPage']);
  });

  test('are told every public page by the sitemap, and the sitemap by robots.txt', async () => {
    const base = inject('base');
    const robots = await (await fetch(`${base}/robots.txt`)).text();
    expect(robots).toContain(`Sitemap: ${base}/sitemap.xml`);
    const sitemap = await (await fetch(`${base}/sitemap.xml`)).text();
    const listed = [...sitemap.matchAll(/<loc>(.*?)<\/loc>/g)].map((match) => match[1]);
    expect(listed).toEqual(publicPages.map((path) => base + path));
  });
});

describe('an address that leads nowhere', () => {
  test('is answered with a page and the status 404', async ({ visit }) => {
    const page = await visit.open('/no/such/page', { expects: /404/ });
    expect(await page.locator('h1').innerText()).toBe('There is no such page');
    expect((await fetch(`${inject('base')}/no/such/page`)).status).toBe(404);
  });
});

test('every link of the public pages leads somewhere', async ({ visit }) => {
  const page = await visit.open('/');
  const links = new Set<string>();
  for (const path of publicPages.filter((path) => path !== '/docs')) {
    await page.goto(path);
    for (const link of await page.locator('a[href]').all())
      links.add(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
  }
  for (const link of links) {
    const { hash, origin } = new URL(link);
    expect(origin).toBe(inject('base'));
    expect((await fetch(link)).status, link).toBe(200);
    if (hash !== '') {
      await page.goto(link);
      expect(await page.locator(hash).count(), link).toBe(1);
    }
  }
});

test('files with a hash in their name are kept for a year, and come compressed', async () => {
  const base = inject('base');
  const html = await (await fetch(`${base}/status`)).text();
  const script = /src="(\/assets\/app-[^"]+\.js)"/.exec(html)?.[1];
  const answer = await fetch(base + script, { headers: { 'Accept-Encoding': 'br' } });
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('content-encoding')).toBe('br');
});

test.for([
  '/status',
  '/dashboard',
  '/patterns',
  '/signals',
  '/learn/patterns/order-block',
  '/markets',
  '/chart/BTC-USDT',
])('%s loads less than 300 KB of compressed JavaScript', async (path, { visit }) => {
  expect(await weigh(visit, path, /\.js$/)).toBeLessThan(300_000);
});

test('the code of the chart is left until a chart is opened', async ({ visit }) => {
  const [without, withChart] = [
    await weigh(visit, '/markets', /\.js$/),
    await weigh(visit, '/chart/BTC-USDT', /\.js$/),
  ];
  expect(withChart - without).toBeGreaterThan(40_000);
});

async function weigh(
  visit: {
    open: (
      path: string,
      options: { expects: RegExp; prepare: (page: Page) => Promise<void> },
    ) => Promise<Page>;
  },
  path: string,
  kind = /./,
): Promise<number> {
  const sizes: Promise<number>[] = [];
  const page = await visit.open(path, {
    // What belongs to accounts is refused to a visitor.
    expects: /401/,
    prepare: async (opened) => {
      opened.on('requestfinished', (request) => {
        const { pathname } = new URL(request.url());
        if (/\.(png|svg|ico|webmanifest)$/.test(pathname) || !kind.test(pathname)) return;
        sizes.push(request.sizes().then((size) => size.responseBodySize + size.responseHeadersSize));
      });
    },
  });
  await page.waitForLoadState('networkidle');
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
