import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { findBarriers } from './stage/axe';
import { openAs, overflow } from './stage/eye';
import { deletedWebhook, readSent } from './stage/Messages';
import { phone, test } from './stage/visit';

const settings = '/profile/notifications';
const channel = (page: Page, name: string) => page.locator(`li[data-channel="${name}"][data-standing]`);
const bell = (page: Page) => page.getByRole('button', { name: /^Notifications/ });

describe('being told', () => {
  test('begins on a phone with five steps, the last of which rings it', async ({ visit }) => {
    const page = await openAs(visit, 'pro', settings);
    const steps = page.getByRole('region', { name: 'Push to your phone in five steps' });
    await steps.getByRole('img', { name: 'QR code of your ntfy topic' }).waitFor();
    expect(await steps.getByRole('listitem').count()).toBe(5);
    const topic = (await steps.locator('code').innerText()).trim();
    expect(topic).toMatch(/^tidemark-[0-9a-f]{32}$/);
    await steps.getByRole('button', { name: 'Turn on and test' }).click();
    const told = page.getByRole('region', { name: 'Your phone is told' });
    await told.getByText(/^Accepted after/).waitFor();
    const rung = (await readSent(inject('messages'))).filter((sent) => sent.body['topic'] === topic);
    expect(rung.map((sent) => sent.body['title'])).toEqual(['Test from Tidemark']);

    await page.reload();
    await told.getByRole('button', { name: 'Show the steps' }).waitFor();
    expect(await channel(page, 'NTFY').getAttribute('data-standing')).toBe('on');

    await told.getByRole('button', { name: 'Show the steps' }).click();
    await told.getByRole('button', { name: 'Get another topic' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Get another topic' }).click();
    await expect.poll(() => told.locator('code').innerText()).not.toBe(topic);
  });

  test('by a webhook that is gone ends in a pause, a ring of the bell, and a way back', async ({ visit }) => {
    const page = await openAs(visit, 'premium', settings, { expects: /status of 400/ });
    await page.getByRole('button', { name: 'Set up Discord' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set up Discord' });
    await dialog.getByLabel('Webhook address').fill('https://example.com/hook');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(/A Discord webhook is written like/).waitFor();
    await dialog
      .getByLabel('Webhook address')
      .fill(`https://discord.com/api/webhooks/${deletedWebhook}00001/token-of-a-webhook-0123456789`);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const discord = channel(page, 'DISCORD');
    await discord.getByText(`webhook ${deletedWebhook}00001`).waitFor();

    await discord.getByRole('button', { name: 'Send a test over Discord' }).click();
    await discord.getByText('Not delivered.').waitFor();
    await discord.getByText(/^Paused: Discord does not know the address any more/).waitFor();
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
    const list = page.getByRole('region', { name: 'Notifications', exact: true }).last();
    await list.getByRole('button', { name: /Discord does not take your notifications/ }).click();
    await expect.poll(() => bell(page).getAttribute('aria-label')).toBe('Notifications');

    await discord.getByRole('button', { name: 'Resume Discord' }).click();
    await expect.poll(() => discord.getAttribute('data-standing')).toBe('on');

    await page.goto(`${settings}?view=log`);
    await page.getByRole('combobox', { name: 'Status' }).selectOption('dead');
    await expect.poll(() => new URL(page.url()).searchParams.get('status')).toBe('dead');
    await page.locator('tr[data-status=dead]').first().getByRole('button').click();
    const story = page.getByRole('dialog');
    await story.getByText('Refused').waitFor();
    await story.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => story.getByText('Refused').count()).toBe(2);
  });

  test('keeps to filters and quiet hours, and says so', async ({ visit }) => {
    const page = await openAs(visit, 'free', settings);
    const mail = channel(page, 'EMAIL');
    await page.getByText(/0 of 1 used today · sent 10 minutes late/).waitFor();
    await mail.getByRole('switch', { name: 'Turn E-mail on' }).click();
    await expect.poll(() => mail.getAttribute('data-standing')).toBe('on');
    await mail.getByRole('button', { name: 'Filters and quiet hours of E-mail' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Alerts').click();
    await dialog.getByText('▲ Bullish').click();
    await dialog.getByLabel('From').fill('22:00');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Quiet hours have a beginning and an end.').waitFor();
    await dialog.getByLabel('Until').fill('07:00');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await mail.getByText('Alerts · ▲ Bullish · quiet 22:00 to 07:00').waitFor();
  });

  test('falls back in an order that the keyboard can change', async ({ visit }) => {
    const page = await openAs(visit, 'premium', settings);
    const names = () =>
      page.getByRole('list', { name: 'Channels that stand in, in order' }).getByRole('listitem');
    await page.getByRole('button', { name: 'ntfy stands in', exact: true }).click();
    await page.getByRole('button', { name: 'E-mail stands in', exact: true }).click();
    await expect.poll(() => names().allInnerTexts()).toEqual(['ntfy', 'E-mail']);
    await page.getByRole('button', { name: 'Move E-mail up' }).focus();
    const saved = page.waitForResponse(
      (answer) => answer.request().postData()?.includes('"EMAIL","NTFY"') === true,
    );
    await page.keyboard.press('Enter');
    await expect.poll(() => names().allInnerTexts()).toEqual(['E-mail', 'ntfy']);
    await page.getByText('E-mail is now 1 of 2.').waitFor();
    // The place it went to has no way further up: the focus stays in its row.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Move E-mail down');
    await saved;
    await page.reload();
    await expect.poll(() => names().allInnerTexts()).toEqual(['E-mail', 'ntfy']);
  });

  test('in the browser goes on without a page, and ends when it is removed', async ({ visit }) => {
    const page = await openAs(visit, 'pro', settings, {
      permissions: ['notifications'],
      prepare: (opened) => opened.addInitScript(standInForPushService),
    });
    await page.getByRole('button', { name: 'Subscribe this browser' }).click();
    await page.getByText('This browser is subscribed').waitFor();
    const browsers = page.getByRole('region', { name: 'Browsers' });
    await browsers.getByRole('row', { name: /Chrom/ }).waitFor();
    await expect.poll(() => channel(page, 'WEBPUSH').getAttribute('data-standing')).toBe('off');

    const pushed = {
      id: 'ntf_1',
      kind: 'alert',
      title: 'BTC/USDT is above 64,000',
      body: '',
      link: '/alerts',
    };
    await push(page, JSON.stringify(pushed));
    await push(page, JSON.stringify({ ...pushed, title: 'The same again' }));
    await expect.poll(() => shown(page)).toEqual(['The same again']);

    await browsers.getByRole('button', { name: /^Remove/ }).click();
    await browsers.getByText('No browser is subscribed').waitFor();
  });
});

/** Browsers subscribe at a service of their makers, which is out of reach here. */
function standInForPushService(): void {
  let subscription: object | null = null;
  PushManager.prototype.subscribe = async function subscribe(options) {
    const key = options?.applicationServerKey;
    if (typeof key !== 'string' || key.length < 80) throw new Error('There is no key.');
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    const encode = (bytes: ArrayBuffer) =>
      btoa(String.fromCharCode(...new Uint8Array(bytes)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '');
    const keys = {
      p256dh: encode(await crypto.subtle.exportKey('raw', pair.publicKey)),
      auth: encode(crypto.getRandomValues(new Uint8Array(16)).buffer),
    };
    const endpoint = 'https://push.example.net/send/abc';
    subscription = {
      endpoint,
      options: { applicationServerKey: null },
      toJSON: () => ({ endpoint, keys }),
      unsubscribe: async () => {
        subscription = null;
        return true;
      },
    };
    return subscription as PushSubscription;
  };
  PushManager.prototype.getSubscription = async () => subscription as PushSubscription | null;
}

/** Hands the worker a push, as the browser does when one comes in. */
async function push(page: Page, data: string): Promise<void> {
  const tools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [own] = registrations;
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await tools.send('ServiceWorker.enable');
  await tools.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await registered,
    data,
  });
  await tools.detach();
}

const shown = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map((one) => one.title);
  });

describe.each([
  ['dark', {}],
  ['light', phone],
] as const)('in the %s theme %o', (colorScheme, size) => {
  test('axe finds no barrier, and all fits', async ({ visit }) => {
    const page = await openAs(visit, 'premium', settings, { colorScheme, ...size });
    const steps = page.getByRole('button', { name: 'Show the steps' });
    await channel(page, 'IN_APP').waitFor();
    if ((await steps.count()) > 0) await steps.click();
    await page.getByRole('img', { name: 'QR code of your ntfy topic' }).waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Filters and quiet hours of ntfy' }).click();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await bell(page).click();
    await page.getByRole('link', { name: 'How I am told' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.goto(`${settings}?view=log`);
    await page.getByRole('combobox', { name: 'Status' }).waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
  });
});

test('operators see how each channel is doing', async ({ visit }) => {
  const page = await visit.open('/login?next=%2Fadmin%2Fsenders');
  await page.getByRole('button', { name: /admin@tidemark\.local/ }).click();
  await page.getByRole('row', { name: /^ntfy/ }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
});
