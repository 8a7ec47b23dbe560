import { useMemo } from 'react';
import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import { arrowOf } from '../../../patterns/kinds';
import type { ChartFocus } from '../SideChart';
import { noShapes, type OverlayShapes, shapesOf } from './drawing';
import type { OverlayFilter } from './filter';
import type { Overlay } from './parts';

/** What is drawn of an overlay, with words in the reader's language. */
export function useShapes(
  overlay: Overlay | undefined,
  filter: OverlayFilter,
  chosen: ChartFocus | null,
): OverlayShapes {
  const { eye } = useTexts();
  const format = useFormat();
  const name = chosen === null ? '' : JSON.stringify(chosen);
  return useMemo(() => {
    if (overlay === undefined) return noShapes;
    const result = new Intl.NumberFormat(format.locale, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    });
    const meant = name === '' ? null : (JSON.parse(name) as ChartFocus);
    return shapesOf(overlay, filter, meant, {
      zone: ({ kind, direction, strength }) =>
        `${arrowOf[direction]} ${eye.kindsShort[kind]} ${Math.round(strength)}`,
      sweep: eye.overlay.sweep,
      signal: ({ direction, outcomeR }) =>
        [
          direction === 'bullish' ? eye.sides.buy : eye.sides.sell,
          outcomeR === null ? '' : ` ${result.format(outcomeR)} R`,
        ].join(''),
      plan: { entry: eye.overlay.entry, stop: eye.overlay.stop },
    });
  }, [overlay, filter, name, eye, format.locale]);
}
