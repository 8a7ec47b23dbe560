import { createHmac } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { enter, enterAsDemo, mailedLink, makeAccount, password, register } from './stage/accounts';
import { findBarriersIn } from './stage/axe';
import { phone, test, type Visit } from './stage/visit';

// A refused request is an error to the browser's console, and these tests cause some.
const refusals = { expects: /status of (401|403|409|422)/ } as const;
const toSecurity = '/login?next=%2Fprofile%2Fsecurity';

/** A page of somebody with a new account who has not signed in. */
async function visitNew(visit: Visit, path = toSecurity): Promise<{ page: Page; email: string }> {
  const page = await visit.open(path, refusals);
  return { page, email: await makeAccount(page) };
}

async function fillIn(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.context().clearCookies();
  await page.goto(toSecurity);
  await fillIn(page, email, secret);
}

/** What an authenticator app shows. */
function codeAt(secret: string, step: number): string {
  const bits = Array.from(secret, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = (hash[19] ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const now = () => Math.floor(Date.now() / 30_000);

describe('coming in', () => {
  test('begins with an address, a mail and a password, and leads back to where it was asked for', async ({
    visit,
  }) => {
    const page = await visit.open('/register', refusals);
    const email = await register(page);
    await signIn(page, email);
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/profile/security');
    await page.getByRole('button', { name: /Your account/ }).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('tells what is wrong when a field is left, and leads to the first fault', async ({ visit }) => {
    const page = await visit.open('/register', refusals);
    await page.getByLabel('E-mail address').fill('ann');
    await page.getByLabel('Password', { exact: true }).focus();
    await page.getByText('This is not an e-mail address.').waitFor();
    await page.getByRole('button', { name: 'Create the account' }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('email');
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('ann');
  });

  test('with a wrong password says so and keeps the address', async ({ visit }) => {
    const page = await visit.open('/login', refusals);
    await fillIn(page, 'nobody@example.com', 'Wrong-horse-7');
    await page.getByText('do not open an account').waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('nobody@example.com');
  });

  test('with a forgotten password goes by mail', async ({ visit }) => {
    const { page, email } = await visitNew(visit, '/forgot');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('Look into your mailbox').waitFor();
    await page.goto(await mailedLink(page, email));
    await page.getByLabel('New password', { exact: true }).fill('Another-horse-8');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('Your password is set').waitFor();
    await signIn(page, email, 'Another-horse-8');
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
  });
});

describe('a second factor', () => {
  test('is set up with a QR code, asked for at the next sign-in, and replaced by a recovery code', async ({
    visit,
  }) => {
    const { page, email } = await visitNew(visit);
    await fillIn(page, email);
    await page.getByRole('button', { name: 'Set up an authenticator' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    const secret = ((await page.getByText(/^Secret:/).innerText()).split(':')[1] ?? '').replaceAll(/\s/g, '');
    await page.getByLabel('Code the app shows now').fill(codeAt(secret, now()));
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByText('Your recovery codes').waitFor();
    const recovery = await page.getByRole('dialog').getByRole('listitem').allInnerTexts();
    expect(recovery).toHaveLength(10);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('10 recovery codes left').waitFor();
    await page.context().clearCookies();
    await signIn(page, email);
    await page.getByRole('heading', { name: 'Second factor' }).waitFor();
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(recovery[0] ?? '');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('9 recovery codes left').waitFor();
  });

  test('can be a passkey, which signs in without a password', async ({ visit }) => {
    const { page, email } = await visitNew(visit);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await fillIn(page, email);
    await page.getByLabel('Name of the passkey').fill('Phone');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('rowheader', { name: 'Phone' }).waitFor();
    await page.context().clearCookies();
    await page.goto('/login?next=%2Fprofile%2Faccount');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText(`Mails go to ${email}.`).waitFor();
  });
});

describe('the profile', () => {
  test('ends a session that was begun elsewhere', async ({ visit }) => {
    const { page, email } = await visitNew(visit);
    await fillIn(page, email);
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    const other = await visit.open(toSecurity, refusals);
    await fillIn(other, email);
    await other.getByRole('heading', { name: 'Profile' }).waitFor();
    await page.reload();
    await page
      .getByRole('button', { name: /^Sign out .*(Chrom|browser)/i })
      .first()
      .click();
    await page.getByText('One session has ended.').waitFor();
    await other.goto('/profile/account');
    await other.getByText('Sign in to see this').waitFor();
  });

  test('tells the server when nobody is there, so that the session may end', async ({ visit }) => {
    const page = await visit.open('/login', {
      // Minutes that pass at once are more than an open connection lives through.
      expects: /status of (401|403)|WebSocket/,
      prepare: (opened) => opened.clock.install(),
    });
    await page.getByRole('button', { name: /premium@tidemark\.local/ }).click();
    await page.getByRole('button', { name: /Your account/ }).waitFor();
    await page.goto('/profile/security');
    await page.getByText('Where you are signed in').waitFor();
    const asked = page.waitForRequest((request) => request.headers()['x-background'] === '1');
    await page.clock.runFor('05:00');
    expect((await asked).url()).toContain('/api/v1/');
  });

  test('tells a Free account why backtests and API keys are locked', async ({ visit }) => {
    const { page, email } = await visitNew(visit);
    await enter(page, email);
    await page.goto('/profile/subscription');
    await page
      .getByText('Why can’t I see Backtests?')
      .or(page.getByLabel('Why can’t I see Backtests?'))
      .first()
      .click();
    await page.getByText('Free does not include Backtests. It opens with Premium.').waitFor();
    await page.goto('/profile/keys');
    await page.getByText('API keys: Locked').waitFor();
  });

  test('makes a key that calls the API until it is revoked', async ({ visit }) => {
    const page = await visit.open('/login?next=%2Fprofile%2Fkeys', refusals);
    await page.getByRole('button', { name: /premium@tidemark\.local/ }).click();
    await page.getByRole('button', { name: 'New key' }).click();
    const name = `Bot ${Date.now()}`;
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('read:account').check();
    await page.getByRole('button', { name: 'Create the key' }).click();
    await page.getByText('Your new key').waitFor();
    const key = await page.getByText(/^tdm_[\w-]+$/).innerText();
    const call = () => fetch(new URL('/api/v1/auth/me', page.url()), { headers: { 'X-API-Key': key } });
    expect((await call()).status).toBe(200);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('button', { name: `Revoke ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('row', { name }).getByText('Revoked').waitFor();
    expect((await call()).status).toBe(401);
  });
});

describe('the administration', () => {
  test('finds a user, changes the plan, locks and unlocks', async ({ visit }) => {
    const { page, email } = await visitNew(visit, '/login?next=%2Fadmin%2Fusers');
    await page.getByRole('button', { name: /admin@tidemark\.local/ }).click();
    await page.getByLabel('Search by address or name').fill(email);
    await expect.poll(() => new URL(page.url()).searchParams.get('search')).toBe(email);
    await page.getByRole('link', { name: email }).click();
    await page.getByLabel('Plan', { exact: true }).selectOption('pro');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('rowheader', { name: /^user\./ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await page.getByLabel('Reason').fill('A test');
    await page.getByRole('dialog').getByRole('button', { name: 'Lock' }).click();
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('button', { name: 'Lock', exact: true }).waitFor();
    await page.goto('/admin/audit?action=user');
    await page.getByRole('rowheader', { name: 'user.locked' }).first().waitFor();
  });

  test('is closed to others, and says why', async ({ visit }) => {
    const page = await visit.open('/login?next=%2Fadmin%2Fusers', refusals);
    await page.getByRole('button', { name: /free@tidemark\.local/ }).click();
    await page.getByText('This page is for admins').waitFor();
  });
});

describe('the pages', () => {
  const open = ['/login', '/register', '/forgot', '/reset', '/welcome'];
  const own = ['account', 'security', 'notifications', 'trading', 'subscription', 'keys'].map(
    (tab) => `/profile/${tab}`,
  );

  for (const [name, options, themes] of [
    ['dark and light', {}, ['dark', 'light']],
    ['phone', phone, ['dark']],
  ] as const)
    test(`have no barriers and do not overflow: ${name}`, { timeout: 120_000 }, async ({ visit }) => {
      const page = await visit.open('/login', { ...refusals, ...options });
      const look = async (path: string) => {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        expect(await findBarriersIn(themes, page), path).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          path,
        ).toBeLessThanOrEqual(0);
      };
      for (const path of open) await look(path);
      await enterAsDemo(page, 'admin');
      for (const path of [...own, '/admin/users', '/admin/users/1', '/admin/audit']) await look(path);
    });
});
