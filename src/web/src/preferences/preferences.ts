import { type LanguageCode, languages } from '../i18n/languages';

export type Theme = 'dark' | 'light';
export type ThemeChoice = Theme | 'system';
export type Clock = 'system' | 'h23' | 'h12';

export interface Preferences {
  readonly theme: ThemeChoice;
  readonly language: LanguageCode | 'system';
  /** An IANA name, or the zone of this device. */
  readonly timeZone: string;
  readonly clock: Clock;
}

/** The boot script reads the same key before the first paint. */
export const storageKey = 'tidemark.preferences';

export const defaults: Preferences = {
  theme: 'system',
  language: 'system',
  timeZone: 'system',
  clock: 'system',
};

const themes: readonly string[] = ['system', 'dark', 'light'] satisfies ThemeChoice[];
const clocks: readonly string[] = ['system', 'h23', 'h12'] satisfies Clock[];

/** Whatever was stored, by any version of the app, becomes valid preferences; faults fall back one by one. */
export function parsePreferences(stored: string | null): Preferences {
  const found = readObject(stored);
  const { theme, language, timeZone, clock } = found;
  return {
    theme: typeof theme === 'string' && themes.includes(theme) ? (theme as ThemeChoice) : defaults.theme,
    language:
      typeof language === 'string' && language in languages ? (language as LanguageCode) : defaults.language,
    timeZone: typeof timeZone === 'string' && isTimeZone(timeZone) ? timeZone : defaults.timeZone,
    clock: typeof clock === 'string' && clocks.includes(clock) ? (clock as Clock) : defaults.clock,
  };
}

export function resolveTheme(choice: ThemeChoice, systemPrefersLight: boolean): Theme {
  if (choice !== 'system') return choice;
  return systemPrefersLight ? 'light' : 'dark';
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function readObject(stored: string | null): { [key: string]: unknown } {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
