import { ApiError } from '../api/ApiError';
import { api, idempotencyKey } from '../api/client';

export interface Receipt {
  readonly reported: boolean;
  /** The request that failed, else the one that carried the report: what an operator can look up. */
  readonly requestId: string | null;
}

const mostPerPage = 5;
const told = new Set<string>();

/** Tells the server about a fault of the app. Said once a fault, and never more than a few times a page. */
export async function reportProblem(fault: unknown): Promise<Receipt> {
  const error = fault instanceof Error ? fault : new Error(String(fault));
  const failedRequest = error instanceof ApiError ? error.requestId : null;
  const summary = `${error.name}: ${error.message}`;
  if (told.has(summary) || told.size >= mostPerPage) return { reported: false, requestId: failedRequest };
  told.add(summary);
  try {
    const { response } = await api.POST('/api/v1/problem-reports', {
      params: { header: { 'Idempotency-Key': idempotencyKey() } },
      body: {
        message: summary.slice(0, 1_000),
        page: location.pathname,
        stack: error.stack?.slice(0, 8_000) ?? null,
        requestId: failedRequest,
      },
    });
    return { reported: response.ok, requestId: failedRequest ?? response.headers.get('x-request-id') };
  } catch {
    return { reported: false, requestId: failedRequest };
  }
}

/** Faults outside of rendering: handlers, timers, promises nobody waited for. */
export function reportUncaught(): void {
  addEventListener('error', (event) => void reportProblem(event.error ?? event.message));
  addEventListener('unhandledrejection', (event) => void reportProblem(event.reason));
}
