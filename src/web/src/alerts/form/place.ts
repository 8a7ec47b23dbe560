import { ApiError } from '../../api/ApiError';
import { faultsOf } from '../../parts/form/faults';

/** Where in a formula something is wrong. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The place the server names for a formula it cannot read; null where it says something else. */
export function placeOf(error: Error | null): Place | null {
  if (!(error instanceof ApiError)) return null;
  const { line, column } = error.details;
  const message = faultsOf(error)['formula'];
  return typeof line === 'number' && typeof column === 'number' && message !== undefined
    ? { line, column, message }
    : null;
}
