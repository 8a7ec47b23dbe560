import type { Messages } from './english';

export interface Language {
  /** In the language itself, as its readers look for it. */
  readonly name: string;
  readonly load: () => Promise<Messages>;
}

/** Each language is one file with every text of English; the compiler finds what is missing. */
export const languages = {
  en: { name: 'English', load: async () => (await import('./english')).english },
  de: { name: 'Deutsch', load: async () => (await import('./german')).german },
} satisfies { [code: string]: Language };

export type LanguageCode = keyof typeof languages;

/** The first of the reader's languages that we speak, else English. */
export function chooseLanguage(choice: LanguageCode | 'system', spoken: readonly string[]): LanguageCode {
  if (choice !== 'system') return choice;
  for (const tag of spoken) {
    const code = tag.toLowerCase().split('-')[0];
    if (code !== undefined && code in languages) return code as LanguageCode;
  }
  return 'en';
}

/** Numbers and dates follow the reader's region where it fits the language: en-GB stays en-GB. */
export function chooseLocale(language: LanguageCode, spoken: readonly string[]): string {
  return spoken.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}
