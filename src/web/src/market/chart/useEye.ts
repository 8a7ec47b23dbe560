import { useCallback, useMemo, useState } from 'react';
import type { Timeframe } from '../timeframes';
import type { ChartAddress } from './address';
import type { CandleSeries } from './candles/series';
import { itemsOf, stepFrom } from './eye/items';
import { type OverlayFilter, rememberedFilter, rememberFilter } from './overlay/filter';
import { useOverlay } from './overlay/useOverlay';
import type { ChartFocus } from './SideChart';

/** What the chart knows of patterns and signals, what of it is shown, and what is chosen. */
export function useEye(
  symbol: string,
  timeframe: Timeframe,
  series: CandleSeries | undefined,
  first: number,
  moment: number | null,
  address: ChartAddress,
  change: (part: Partial<ChartAddress>) => void,
) {
  const query = useOverlay(symbol, timeframe, series, first, moment);
  const overlay = query.data;
  const [remembered, setRemembered] = useState(rememberedFilter);
  const said = JSON.stringify(address.filter ?? remembered);
  const filter = useMemo(() => JSON.parse(said) as OverlayFilter, [said]);
  const items = useMemo(() => (overlay ? itemsOf(overlay, filter) : []), [overlay, filter]);
  const choose = useCallback((chosen: ChartFocus | null) => change({ chosen }), [change]);
  return {
    overlay,
    error: overlay === undefined ? query.error : null,
    retry: () => void query.refetch(),
    filter,
    setFilter: (next: OverlayFilter) => {
      rememberFilter(next);
      setRemembered(next);
      change({ filter: next });
    },
    items,
    chosen: address.chosen,
    choose,
    step: (by: 1 | -1) => choose(stepFrom(items, address.chosen, by)),
    moment,
  };
}
