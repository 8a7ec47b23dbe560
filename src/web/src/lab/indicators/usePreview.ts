import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';
import { fromAnswer } from '../../market/chart/candles/series';
import { pathOf } from '../../market/symbols';
import type { Timeframe } from '../../market/timeframes';
import { useSettled } from '../../records/useChosen';
import { faultOf, toSent, type WrittenParameter } from '../parameters';

/** An indicator as it is written, and what it is looked at over. */
export interface Draft {
  readonly name: string;
  readonly formula: string;
  readonly description: string;
  readonly parameters: readonly WrittenParameter[];
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

export const begin: Draft = {
  name: '',
  formula: 'RSI(14) - RSI(28)',
  description: '',
  parameters: [],
  symbol: '',
  timeframe: '1h',
};

type Sent = NonNullable<Schemas['NewIndicator']['parameters']>;

/** Parameters as the server takes them: by name. */
export const sentParameters = (parameters: readonly WrittenParameter[]): Sent =>
  // A number or an object: the description leaves that open, and the types made of it know neither.
  Object.fromEntries(
    parameters
      .map(toSent)
      .map(({ name, default: usual, minimum, maximum }) => [name, { default: usual, minimum, maximum }]),
  ) as unknown as Sent;

export const candlesShown = 500;
const typing = 350;

/** What the formula says over the newest candles, or where it cannot be read. */
export function usePreview({ formula, parameters, symbol, timeframe }: Draft) {
  const isReadable =
    formula.trim() !== '' && parameters.every((parameter) => faultOf(parameter, parameters) === null);
  const body = {
    formula,
    parameters: sentParameters(parameters),
    symbol: pathOf(symbol),
    timeframe,
    limit: candlesShown,
  };
  const asked = useSettled(isReadable && symbol !== '' ? JSON.stringify(body) : '', typing);
  return useQuery({
    queryKey: ['indicator preview', asked],
    enabled: asked !== '',
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/v1/indicators/custom/preview', { body: JSON.parse(asked) as typeof body, signal }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** The candles under the preview. */
export function useNewest(symbol: string, timeframe: Timeframe) {
  return useQuery({
    queryKey: ['newest', symbol, timeframe],
    enabled: symbol !== '',
    queryFn: async ({ signal }) => {
      const path = { symbol: pathOf(symbol), tf: timeframe };
      const query = { limit: candlesShown };
      const answer = await unwrap(
        api.GET('/api/v1/candles/{symbol}/{tf}', { params: { path, query }, signal }),
      );
      return { ...fromAnswer(answer), open: [], isWhole: true };
    },
    staleTime: 60_000,
  });
}
