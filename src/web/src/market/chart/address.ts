import { isTimeframe, type Timeframe } from '../timeframes';

/** What the address says about the chart. */
export interface ChartAddress {
  readonly timeframe: Timeframe;
  readonly uses: readonly string[];
  readonly isLogarithmic: boolean;
}

const standard: Timeframe = '15m';

export function parseAddress(params: URLSearchParams): ChartAddress {
  const timeframe = params.get('tf');
  return {
    timeframe: isTimeframe(timeframe) ? timeframe : standard,
    uses: params.getAll('use'),
    isLogarithmic: params.get('scale') === 'log',
  };
}

export function writeAddress({ timeframe, uses, isLogarithmic }: ChartAddress): URLSearchParams {
  const params = new URLSearchParams({ tf: timeframe });
  for (const use of uses) params.append('use', use);
  if (isLogarithmic) params.set('scale', 'log');
  return params;
}
