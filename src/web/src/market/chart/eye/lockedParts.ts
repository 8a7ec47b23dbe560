import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, type Schemas, unwrap } from '../../../api/client';
import type { Part } from '../overlay/parts';

/** Failed blocks come with the order blocks they were. */
const blocks: readonly Part[] = ['OB', 'BREAKER', 'MITIGATION'];

const kindsOf: { readonly [name: string]: readonly Part[] } = {
  FVG: ['FVG'],
  OB: blocks,
  SWEEP: ['SWEEP'],
};

/** What of a chart the plan leaves out, with the entitlement that is missing for it. */
export function lockedParts(
  locks: readonly Schemas['Locked'][],
  kinds: Schemas['Standing'] | undefined,
  signals: Schemas['Standing'] | undefined,
): ReadonlyMap<Part, string> {
  const locked = new Map<Part, string>();
  const misses = (name: string) => locks.some(({ entitlement }) => entitlement === name);
  if (misses('patterns.kinds') && kinds?.only)
    for (const [kind, parts] of Object.entries(kindsOf))
      if (!kinds.only.includes(kind)) for (const part of parts) locked.set(part, 'patterns.kinds');
  if (misses('signals.read') && signals && !signals.allowed) locked.set('SIGNAL', 'signals.read');
  return locked;
}

export function useLockedParts(locks: readonly Schemas['Locked'][] | undefined): ReadonlyMap<Part, string> {
  const kinds = useStanding('patterns.kinds', locks);
  const signals = useStanding('signals.read', locks);
  return useMemo(() => lockedParts(locks ?? [], kinds, signals), [locks, kinds, signals]);
}

/** Asked only where it is known that something is missing. */
function useStanding(entitlement: string, locks: readonly Schemas['Locked'][] | undefined) {
  return useQuery({
    queryKey: ['account', 'access', entitlement],
    enabled: locks?.some((lock) => lock.entitlement === entitlement) ?? false,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/access/{entitlement}', { params: { path: { entitlement } }, signal })),
  }).data;
}
