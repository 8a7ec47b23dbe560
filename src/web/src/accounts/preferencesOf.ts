import type { Schemas } from '../api/client';
import { languages } from '../i18n/languages';
import { isTimeZone, type Preferences } from '../preferences/preferences';

/** What an account says about looks. What stands at its default there leaves this browser as it is. */
export function preferencesOf(
  profile: Pick<Schemas['ProfileView'], 'theme' | 'language' | 'timeZone'>,
): Partial<Preferences> {
  const { theme, language, timeZone } = profile;
  return {
    ...(theme === 'system' ? {} : { theme }),
    ...(language !== 'en' && language in languages ? { language: language as keyof typeof languages } : {}),
    ...(timeZone !== 'UTC' && isTimeZone(timeZone) ? { timeZone } : {}),
  };
}
