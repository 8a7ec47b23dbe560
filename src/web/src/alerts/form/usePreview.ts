import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ApiError } from '../../api/ApiError';
import { api, type Schemas, unwrap } from '../../api/client';
import { useSettled } from '../../records/useChosen';
import { alertsKey, type NewAlert } from '../kinds';

export type Preview = Schemas['AlertPreview'];
export type Rehearsal = Schemas['RehearsalResult'];

const typing = 400;
const thinking = 900;
const lookEvery = 5_000;

/** What the server asks of an alert that is not made yet; nothing is asked while what was typed cannot be right. */
export function usePreview(body: NewAlert | null) {
  const asked = useSettled(body === null ? '' : JSON.stringify(body), typing);
  return useQuery({
    queryKey: [...alertsKey, 'preview', asked],
    enabled: asked !== '',
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/v1/alerts/preview', {
          params: { query: { limit: 1 } },
          body: JSON.parse(asked) as NewAlert,
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    retry: (count, error) =>
      count < 2 && error instanceof ApiError && error.isPassing && error.status !== 429,
    // What it said no to it would say no to again.
    refetchInterval: ({ state }) => (state.status === 'error' ? false : lookEvery),
  });
}

/** How often it would have told. Much work for the server, so it waits until the form is at rest. */
export function useRehearsal(body: NewAlert | null) {
  // Whom it tells and until when changes nothing of that.
  const { note: _, channels: _1, expiresAt: _2, ...what } = body ?? {};
  const asked = useSettled(body === null ? '' : JSON.stringify(what), thinking);
  return useQuery({
    queryKey: [...alertsKey, 'rehearsal', asked],
    enabled: asked !== '',
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/alerts/rehearsal', { body: JSON.parse(asked) as NewAlert, signal })),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
}
