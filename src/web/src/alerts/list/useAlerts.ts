import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { type Alert, type AlertStatus, alertsKey, mine, type NewAlert, statuses } from '../kinds';

export interface AlertFilter {
  readonly symbol: string;
  readonly status: AlertStatus | null;
}

export function parseFilter(params: URLSearchParams): AlertFilter {
  return {
    symbol: params.get('symbol') ?? '',
    status: statuses.find((status) => status === params.get('status')) ?? null,
  };
}

const pollEvery = 20_000;

/** A person's alerts, newest first. States change with time alone, so it looks now and then. */
export function useAlerts({ symbol, status }: AlertFilter) {
  return useInfiniteQuery({
    queryKey: [...alertsKey, 'list', symbol, status],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 50,
        ...(symbol === '' ? {} : { symbol }),
        ...(status === null ? {} : { status }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      return unwrap(
        api.GET('/api/v1/alerts/{userId}', { params: { path: { userId: mine }, query }, signal }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: pollEvery,
  });
}

/** What can be done with an alert; all that is shown of alerts and of the plan is read again afterwards. */
export function useAlertDeeds() {
  const cache = useQueryClient();
  const again = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: alertsKey }),
      cache.invalidateQueries({ queryKey: ['account', 'access', 'alerts'] }),
    ]);
  const after = async <Result>(deed: Promise<Result>): Promise<Result> => {
    const result = await deed;
    await again();
    return result;
  };
  const of = (alert: Pick<Alert, 'id'>) => ({ params: { path: { userId: mine, alertId: alert.id } } });
  return {
    make: (body: NewAlert) => after(unwrap(api.POST('/api/v1/alerts', { body }))),
    change: (alert: Alert, body: NewAlert) =>
      after(unwrap(api.PUT('/api/v1/alerts/{userId}/{alertId}', { ...of(alert), body }))),
    pause: (alert: Alert) => after(unwrap(api.POST('/api/v1/alerts/{userId}/{alertId}/pause', of(alert)))),
    resume: (alert: Alert) => after(unwrap(api.POST('/api/v1/alerts/{userId}/{alertId}/resume', of(alert)))),
    remove: (alert: Alert) => after(unwrap(api.DELETE('/api/v1/alerts/{userId}/{alertId}', of(alert)))),
  };
}
