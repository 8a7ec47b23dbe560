import type { APIRequestContext, Page } from 'playwright-core';

export const password = 'Correct-horse-7';
let made = 0;

const newAddress = () => `ann${Date.now()}x${made++}@example.com`;

async function ask(request: APIRequestContext, path: string, data: object): Promise<void> {
  const answer = await request.post(`/api/v1/auth/${path}`, { data });
  if (!answer.ok()) throw new Error(`${path} was answered with ${answer.status()}: ${await answer.text()}`);
}

/** Signs the page's browser in without the form, where that is not what a test is about. */
export function enter(page: Page, email: string, secret = password): Promise<void> {
  const stay = { session: true, remember: false, trustDevice: false };
  return ask(page.context().request, 'login', { email, password: secret, ...stay });
}

/** Signs the page's browser in as the demo account of that name. */
export async function enterAsDemo(page: Page, name: string): Promise<void> {
  const answer = await page.context().request.get('/api/v1/demo-accounts');
  const { data } = (await answer.json()) as { data: { email: string; password: string }[] };
  const account = data.find(({ email }) => email === `${name}@tidemark.local`);
  if (account === undefined) throw new Error(`There is no demo account ${name}`);
  await enter(page, account.email, account.password);
}

/** An account of its own, whose address is confirmed; nobody is signed in. */
export async function makeAccount(page: Page): Promise<string> {
  const email = newAddress();
  const { request } = page.context();
  const consent = { acceptTerms: true, acceptPrivacy: true, isAdult: true };
  await ask(request, 'register', {
    email,
    password,
    name: '',
    language: 'en',
    timeZone: 'Europe/Berlin',
    ...consent,
  });
  const token = new URL(await mailedLink(page, email)).searchParams.get('token');
  await ask(request, 'verify-email', { token, password });
  return email;
}

/** The newest link that was mailed to an address. */
export async function mailedLink(page: Page, recipient: string): Promise<string> {
  const { request } = page.context();
  const outbox = '/api/v1/outbox';
  const list = await (await request.get(`${outbox}?recipient=${encodeURIComponent(recipient)}`)).json();
  const mail = await (await request.get(`${outbox}/${list.data[0].id}`)).json();
  return /https?:\/\/\S+/.exec(mail.data.text)?.[0] ?? '';
}

/** Creates an account by the forms, as a person does. */
export async function register(page: Page): Promise<string> {
  const email = newAddress();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  for (const tick of await page.getByRole('checkbox').all()) await tick.check();
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByText('Look into your mailbox').waitFor();
  await page.goto(await mailedLink(page, email));
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Open my account' }).click();
  await page.getByRole('heading', { name: 'Welcome to Tidemark' }).waitFor();
  return email;
}
