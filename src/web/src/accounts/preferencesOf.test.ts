import { expect, test } from 'vitest';
import { preferencesOf } from './preferencesOf';

test('an account that never chose leaves the browser as it is', () => {
  expect(preferencesOf({ theme: 'system', language: 'en', timeZone: 'UTC' })).toEqual({});
});

test('what an account chose follows it, as far as this app speaks it', () => {
  expect(preferencesOf({ theme: 'light', language: 'de', timeZone: 'Europe/Zurich' })).toEqual({
    theme: 'light',
    language: 'de',
    timeZone: 'Europe/Zurich',
  });
  expect(preferencesOf({ theme: 'dark', language: 'fr', timeZone: 'Mars/Olympus' })).toEqual({
    theme: 'dark',
  });
});
