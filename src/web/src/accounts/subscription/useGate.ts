import { isShut, useStanding } from './useStanding';

/** Whether something may be asked for: before that is known nothing is, so that nothing is refused. */
export function useGate(entitlement: string): 'unknown' | 'open' | 'shut' {
  const { data, isError } = useStanding(entitlement);
  if (data !== undefined) return isShut(data) ? 'shut' : 'open';
  // Who is not signed in is told by what he asks for.
  return isError ? 'open' : 'unknown';
}
