import { useMemo } from 'react';
import { useFormat } from '../../format/useFormat';

/** Times as an axis has room for them, on the reader's clock. The library tells the kind by number, 0 for a year to 3 for a time of day. */
export function useAxisTexts() {
  const { style } = useFormat();
  return useMemo(() => {
    const { locale } = style;
    const zone = style.timeZone === 'system' ? {} : { timeZone: style.timeZone };
    const hours = style.clock === 'system' ? {} : { hourCycle: style.clock };
    const time = { hour: '2-digit', minute: '2-digit', ...hours } as const;
    const kinds = [
      new Intl.DateTimeFormat(locale, { ...zone, year: 'numeric' }),
      new Intl.DateTimeFormat(locale, { ...zone, month: 'short' }),
      new Intl.DateTimeFormat(locale, { ...zone, day: 'numeric' }),
      new Intl.DateTimeFormat(locale, { ...zone, ...time }),
    ];
    const whole = new Intl.DateTimeFormat(locale, {
      ...zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      ...time,
    });
    return {
      tick: (at: Date, kind: number) => (kinds[kind] ?? kinds[3])?.format(at) ?? '',
      moment: (at: Date) => whole.format(at),
    };
  }, [style]);
}
