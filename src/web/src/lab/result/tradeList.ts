import type { DealMark } from '../../market/chart/drawing/ChartView';

export interface ListedTrade {
  readonly number: number;
  readonly symbol: string;
  /** long or short. */
  readonly side: string;
  readonly entryAt: string;
  readonly exitAt: string | null;
  readonly entryPrice: number;
  readonly exitPrice: number | null;
  readonly profit: number;
  readonly return: number;
  readonly bars: number;
  readonly reason: string;
  readonly ambiguous: boolean;
}

export const sortings = ['number', 'profit', 'return', 'bars'] as const;
export type Sorting = (typeof sortings)[number];

export interface TradeFilter {
  readonly side: '' | 'long' | 'short';
  readonly outcome: '' | 'won' | 'lost' | 'ambiguous';
  readonly reason: string;
}

export const everyTrade: TradeFilter = { side: '', outcome: '', reason: '' };

export function listed<Trade extends ListedTrade>(
  trades: readonly Trade[],
  { side, outcome, reason }: TradeFilter,
  sorting: Sorting,
  isDescending: boolean,
): readonly Trade[] {
  const fits = (trade: Trade) =>
    (side === '' || trade.side === side) &&
    (reason === '' || trade.reason === reason) &&
    (outcome === '' ||
      (outcome === 'won' && trade.profit > 0) ||
      (outcome === 'lost' && trade.profit < 0) ||
      (outcome === 'ambiguous' && trade.ambiguous));
  const way = isDescending ? -1 : 1;
  return trades
    .filter(fits)
    .sort((one, other) => way * (one[sorting] - other[sorting]) || one.number - other.number);
}

/** Entries and exits as marks at the candles they were in, oldest first. */
export function dealsOf(trades: readonly ListedTrade[], step: number, from: number, to: number): DealMark[] {
  const placed = (at: string) => Math.floor(Date.parse(at) / step) * step;
  return trades
    .flatMap((trade): DealMark[] => {
      const opens = trade.side === 'long' ? 'buy' : 'sell';
      const closes = trade.side === 'long' ? 'sell' : 'buy';
      const text = `${trade.number}`;
      const entry: DealMark = {
        time: placed(trade.entryAt),
        kind: opens,
        outcome: null,
        text,
      };
      if (trade.exitAt === null || trade.exitPrice === null) return [entry];
      return [
        entry,
        {
          time: placed(trade.exitAt),
          kind: closes,
          outcome: trade.profit > 0 ? 'won' : 'lost',
          text,
        },
      ];
    })
    .filter(({ time }) => time >= from && time <= to)
    .sort((one, other) => one.time - other.time);
}
