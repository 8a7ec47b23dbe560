import { useQuery } from '@tanstack/react-query';
import { useSearch } from 'wouter';
import { api, unwrap } from '../../api/client';
import { useMarkets } from '../../market/useMarkets';
import { labKey, type Strategy } from '../kinds';
import { gridOfRun } from '../optimise/grid';
import { useDefaults, useStrategies, useVersions } from '../useStrategies';
import { olderVersion } from './olderVersion';
import { beginWith, defaultsOf, overridesIn, type Values, valuesOfRun } from './values';

interface Start {
  readonly strategies: readonly Strategy[];
  readonly initial: Values;
}

/** What a form begins with: a run of before where the address names one, a strategy it names, or the first there is. */
export function useStart() {
  const params = new URLSearchParams(useSearch());
  const of = params.get('of');
  const asked = params.get('strategy');
  const strategies = useStrategies();
  const defaults = useDefaults();
  const markets = useMarkets();
  const run = useQuery({
    queryKey: [...labKey, 'run', of],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/backtest/runs/{id}', { params: { path: { id: of ?? '' } }, signal })),
    enabled: of !== null,
  });
  const made = run.data?.strategy;
  const newest = strategies.data?.find(({ key }) => key === made?.key);
  const olderId = newest && made?.version !== newest.version ? newest.id : null;
  const versions = useVersions(olderId);
  const waiting = [
    strategies,
    defaults,
    markets,
    ...(of === null ? [] : [run]),
    ...(olderId === null ? [] : [versions]),
  ];
  const failed = waiting.find((query) => query.error !== null && query.data === undefined);
  let data: Start | undefined;
  const isThere = (of === null || run.data) && (olderId === null || versions.data);
  if (strategies.data && defaults.data && markets.data && isThere) {
    const version = versions.data?.find((one) => one.version === made?.version);
    const older = newest && version ? olderVersion(newest, version) : undefined;
    const chosen =
      strategies.data.find(({ key, name }) => key === asked || name === asked) ?? strategies.data[0];
    const symbol = params.get('symbol') ?? markets.data.markets[0]?.symbol ?? '';
    const basis = beginWith(chosen, defaultsOf(defaults.data), symbol);
    data = {
      strategies: older ? [...strategies.data, older] : strategies.data,
      initial: {
        ...basis,
        ...(run.data
          ? {
              ...valuesOfRun(run.data),
              ...gridOfRun(run.data),
              // What was deleted since cannot be run again: another has to be chosen.
              strategyName: older?.key ?? newest?.key ?? '',
            }
          : {}),
        ...overridesIn(params),
      },
    };
  }
  return { data, error: failed?.error ?? null, refetch: () => failed?.refetch() };
}
