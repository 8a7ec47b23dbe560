export type Health = 'healthy' | 'degraded' | 'unhealthy';

const order: readonly Health[] = ['healthy', 'degraded', 'unhealthy'];

/** A chain is as healthy as its sickest link. */
export function worst(states: readonly Health[]): Health {
  return states.reduce<Health>(
    (sickest, state) => (order.indexOf(state) > order.indexOf(sickest) ? state : sickest),
    'healthy',
  );
}
