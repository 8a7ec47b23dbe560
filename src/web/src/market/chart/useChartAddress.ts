import { useCallback } from 'react';
import { useSearchParams } from 'wouter';
import { type ChartAddress, parseAddress, writeAddress } from './address';

/** Reads and writes the address; what is chosen stays in reach of a reload, and does not fill the history. */
export function useChartAddress(): readonly [ChartAddress, (change: Partial<ChartAddress>) => void] {
  const [params, setParams] = useSearchParams();
  const address = parseAddress(params);
  const change = useCallback(
    (part: Partial<ChartAddress>) =>
      setParams((now) => writeAddress({ ...parseAddress(now), ...part }), { replace: true }),
    [setParams],
  );
  return [address, change];
}
