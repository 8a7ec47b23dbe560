import { useQuery } from '@tanstack/react-query';
import type { LanguageCode } from '../i18n/languages';
import type { LearnTexts } from '../i18n/learn/english';
import { useLanguage } from '../i18n/Texts';

const load: { readonly [code in LanguageCode]: () => Promise<LearnTexts> } = {
  en: async () => (await import('../i18n/learn/english')).learnEnglish,
  de: async () => (await import('../i18n/learn/german')).learnGerman,
};

/** The long texts, in the reader's language; undefined while they are on their way. */
export function useLearnTexts(): LearnTexts | undefined {
  const language = useLanguage();
  return useQuery({
    queryKey: ['learn', language],
    queryFn: () => load[language](),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  }).data;
}
