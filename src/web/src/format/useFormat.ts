import { useMemo } from 'react';
import { useLocale } from '../i18n/Texts';
import { usePreferences } from '../preferences/store';
import {
  formatChange,
  formatCompact,
  formatCount,
  formatFigure,
  formatFixed,
  formatMilliseconds,
  formatPrice,
  formatShare,
  formatSmallShare,
} from './number';
import { formatInstant, formatTimeOfDay } from './time';

/** The formats of this reader: language, region, zone and clock already filled in. */
export function useFormat() {
  const locale = useLocale();
  const { timeZone, clock } = usePreferences();
  return useMemo(() => {
    const style = { locale, timeZone, clock };
    return {
      locale,
      style,
      count: (value: number) => formatCount(value, locale),
      compact: (value: number) => formatCompact(value, locale),
      price: (value: number) => formatPrice(value, locale),
      change: (ratio: number) => formatChange(ratio, locale),
      figure: (value: number) => formatFigure(value, locale),
      fixed: (value: number, decimals: number) => formatFixed(value, decimals, locale),
      share: (ratio: number) => formatShare(ratio, locale),
      smallShare: (ratio: number) => formatSmallShare(ratio, locale),
      milliseconds: (value: number | null | undefined) => formatMilliseconds(value, locale),
      instant: (at: Date) => formatInstant(at, style),
      timeOfDay: (at: Date) => formatTimeOfDay(at, style),
    };
  }, [locale, timeZone, clock]);
}
