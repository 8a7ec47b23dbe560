import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';

/** Writes a length of time given in hours, in the unit that suits it. */
export function useSpans(): (hours: number | null) => string | null {
  const { reliability: texts } = useTexts().eye;
  const { locale } = useFormat();
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (hours) => {
    if (hours === null) return null;
    if (hours < 1) return texts.minutes(short.format(Math.round(hours * 60)));
    return hours < 48 ? texts.hours(short.format(hours)) : texts.days(short.format(hours / 24));
  };
}
