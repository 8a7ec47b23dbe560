export interface ErrorDetails {
  readonly [field: string]: unknown;
}

/** What the server said no with, or why it could not be asked. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: ErrorDetails;
  readonly requestId: string | null;

  constructor(
    code: string,
    message: string,
    facts: { status?: number; details?: ErrorDetails; requestId?: string | null } = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = facts.status ?? 0;
    this.details = facts.details ?? {};
    this.requestId = facts.requestId ?? null;
  }

  /** The same request may well succeed later: nothing was wrong with it. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const unreachable = 'UNREACHABLE';
export const unreadable = 'UNREADABLE_ANSWER';

/** Reads the error envelope; anything else (a proxy's page, an empty body) still becomes an honest error. */
export function toApiError(body: unknown, response: Pick<Response, 'status' | 'headers'>): ApiError {
  const envelope = asObject(body);
  const error = asObject(envelope['error']);
  const meta = asObject(envelope['meta']);
  const { code, message } = error;
  const requestId = asText(meta['request_id']) ?? response.headers.get('x-request-id');
  if (typeof code !== 'string' || typeof message !== 'string')
    return new ApiError(unreadable, `The server answered ${response.status} without an explanation.`, {
      status: response.status,
      requestId,
    });
  return new ApiError(code, message, {
    status: response.status,
    details: asObject(error['details']),
    requestId,
  });
}

function asObject(value: unknown): { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

const asText = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
