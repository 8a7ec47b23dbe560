import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';

export const savedKey = ['custom indicators'] as const;

/** One's own indicators, and taking one away. */
export function useSaved() {
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: savedKey,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/indicators/custom', { signal })),
  });
  const remove = async (indicatorId: number) => {
    await unwrap(api.DELETE('/api/v1/indicators/custom/{id}', { params: { path: { id: indicatorId } } }));
    await cache.invalidateQueries({ queryKey: savedKey });
  };
  return { query, remove };
}
