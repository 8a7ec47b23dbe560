import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chooseLanguage, chooseLocale } from '../i18n/languages';
import { defaults, parsePreferences, resolveTheme, storageKey } from './preferences';

describe('stored preferences', () => {
  test.each([null, '', 'not json', '7', 'null', '[]'])('that are %j are the defaults', (stored) => {
    expect(parsePreferences(stored)).toEqual(defaults);
  });

  test('keep what is valid and drop the rest', () => {
    const stored = JSON.stringify({ theme: 'light', language: 'xx', timeZone: 'Mars/Olympus', clock: 'h12' });
    expect(parsePreferences(stored)).toEqual({ ...defaults, theme: 'light', clock: 'h12' });
  });
});

describe('the theme', () => {
  test('follows the system until a choice is made', () => {
    expect(resolveTheme('system', true)).toBe('light');
    expect(resolveTheme('system', false)).toBe('dark');
    expect(resolveTheme('dark', true)).toBe('dark');
  });
});

describe('the script before the first paint', () => {
  const root: { dataset: { [name: string]: string } } = { dataset: {} };

  beforeEach(() => {
    root.dataset = {};
    vi.resetModules();
    vi.stubGlobal('document', { documentElement: root });
  });
  afterEach(() => vi.unstubAllGlobals());

  async function bootWith(stored: string | null): Promise<string | undefined> {
    vi.stubGlobal('localStorage', { getItem: (key: string) => (key === storageKey ? stored : null) });
    await import('./boot');
    return root.dataset['theme'];
  }

  test('paints the theme the app has stored', async () => {
    expect(await bootWith(JSON.stringify({ ...defaults, theme: 'light' }))).toBe('light');
  });

  test('leaves the choice to the system otherwise', async () => {
    expect(await bootWith(JSON.stringify(defaults))).toBeUndefined();
  });

  test('does not fail on rubbish', async () => {
    expect(await bootWith('{')).toBeUndefined();
  });
});

describe('the language', () => {
  test('is the first of the reader’s that we speak', () => {
    expect(chooseLanguage('system', ['pt-BR', 'de-AT', 'en'])).toBe('de');
    expect(chooseLanguage('system', ['pt-BR'])).toBe('en');
    expect(chooseLanguage('en', ['de'])).toBe('en');
  });

  test('keeps the reader’s region for numbers and dates', () => {
    expect(chooseLocale('de', ['en', 'de-AT'])).toBe('de-AT');
    expect(chooseLocale('de', ['en'])).toBe('de');
  });
});
