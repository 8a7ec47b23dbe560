import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { usePreferences } from '../preferences/store';
import type { Messages } from './english';
import { chooseLanguage, chooseLocale, type LanguageCode, languages } from './languages';

interface Spoken {
  readonly language: LanguageCode;
  readonly texts: Messages;
}

const Language = createContext<Spoken | null>(null);

export async function loadLanguage(choice: LanguageCode | 'system'): Promise<Spoken> {
  const language = chooseLanguage(choice, navigator.languages);
  return { language, texts: await languages[language].load() };
}

interface SpeakProps {
  readonly first: Spoken;
  readonly children: ReactNode;
}

/** Holds the texts of the chosen language. The old ones stay until the new ones are here. */
export function Speak({ first, children }: SpeakProps) {
  const choice = usePreferences().language;
  const [spoken, setSpoken] = useState(first);
  useEffect(() => {
    let isCurrent = true;
    void loadLanguage(choice).then((next) => isCurrent && setSpoken(next));
    return () => {
      isCurrent = false;
    };
  }, [choice]);
  useEffect(() => {
    document.documentElement.lang = spoken.language;
  }, [spoken.language]);
  return <Language value={spoken}>{children}</Language>;
}

export function useTexts(): Messages {
  return useSpoken().texts;
}

/** For texts that are too long to be loaded with the others. */
export function useLanguage(): LanguageCode {
  return useSpoken().language;
}

/** What numbers and dates are written in. */
export function useLocale(): string {
  const { language } = useSpoken();
  return useMemo(() => chooseLocale(language, navigator.languages), [language]);
}

function useSpoken(): Spoken {
  const spoken = useContext(Language);
  if (spoken === null) throw new Error('Texts are asked for outside <Speak>');
  return spoken;
}
