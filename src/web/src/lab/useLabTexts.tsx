import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { LabTexts } from '../i18n/lab/english';
import type { LanguageCode } from '../i18n/languages';
import { useLanguage } from '../i18n/Texts';

const load: { readonly [code in LanguageCode]: () => Promise<LabTexts> } = {
  en: async () => (await import('../i18n/lab/english')).labEnglish,
  de: async () => (await import('../i18n/lab/german')).labGerman,
};

const Words = createContext<LabTexts | null>(null);

/** The laboratory's texts come with its pages, not with the app. */
export function LabWords({ children }: { readonly children: ReactNode }) {
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ['lab texts', language],
    queryFn: () => load[language](),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  return data && <Words value={data}>{children}</Words>;
}

export function useLabTexts(): LabTexts {
  const texts = useContext(Words);
  if (texts === null) throw new Error('Texts of the laboratory are asked for outside <LabWords>');
  return texts;
}
