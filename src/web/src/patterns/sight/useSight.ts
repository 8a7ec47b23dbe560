import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';
import { csrfToken } from '../../api/csrf';
import type { Sight } from './channels';

export type Lock = Schemas['Locked'];

export interface PlanSight extends Sight {
  readonly locks: readonly Lock[];
}

export const sightKey = ['sight'] as const;

const nothing: Sight = { symbols: [], hasAllKinds: false };

/** What of patterns and signals the plan shows; undefined until it is known, and for visitors. */
export function useSight(): PlanSight | undefined {
  return useSightQuery().data;
}

/** Whether more may be asked for. A visitor is refused once, and not by everything on the page. */
export function useMayAsk(): boolean {
  const { isSuccess } = useSightQuery();
  return isSuccess || csrfToken(document.cookie) !== null;
}

export function useSightQuery() {
  return useQuery({
    queryKey: sightKey,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/matrix/symbols', { signal })),
    select: sightOf,
    staleTime: 60_000,
  });
}

/** For what follows channels: nothing is heard before it is known what may be. */
export const heard = (sight: PlanSight | undefined): Sight => sight ?? nothing;

const sightOf = ({ symbols, locks }: Schemas['ChoiceView']): PlanSight => ({
  symbols,
  hasAllKinds: !locks.some((lock) => lock.entitlement === 'patterns.kinds'),
  locks,
});
