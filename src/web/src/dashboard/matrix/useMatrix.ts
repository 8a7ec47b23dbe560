import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { useChannels } from '../../live/live';
import { useBatch } from '../../live/useBatch';
import { matrixChannels } from '../../patterns/sight/channels';
import { heard, useMayAsk, useSight, useSightQuery } from '../../patterns/sight/useSight';
import { hasStranger, type Matrix, type MatrixRow, withRows } from './board';

export const matrixKey = ['matrix'] as const;

/** Rows come over the socket; that some pattern has expired in a silent market is asked for now and then. */
const pollEvery = 60_000;

export function useMatrix() {
  const mayAsk = useMayAsk();
  const refused = useSightQuery();
  const query = useQuery({
    queryKey: matrixKey,
    enabled: mayAsk,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/matrix', { signal })),
    staleTime: 30_000,
    refetchInterval: pollEvery,
  });
  return mayAsk ? query : { data: query.data, error: refused.error, refetch: refused.refetch };
}

/** The matrix, following what is found. */
export function useLiveMatrix() {
  const cache = useQueryClient();
  const query = useMatrix();
  const readAgain = () => void cache.invalidateQueries({ queryKey: matrixKey });
  const take = useBatch<MatrixRow>((rows) => {
    const matrix = cache.getQueryData<Matrix>(matrixKey);
    if (matrix === undefined) return;
    if (hasStranger(matrix, rows)) readAgain();
    cache.setQueryData<Matrix>(matrixKey, withRows(matrix, rows));
  });
  useChannels(matrixChannels(heard(useSight())), {
    onMessage: (data) => take(data as MatrixRow),
    onGap: readAgain,
  });
  return query;
}
