import createClient from 'openapi-fetch';
import { ApiError, toApiError, unreachable } from './ApiError';
import { watchAttendance } from './attendance';
import { csrfToken } from './csrf';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

/** Every call of the app goes through here; paths, parameters and answers come from the server's own description. */
export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin' });

const isAttended = watchAttendance(window);

// A change by cookie proves that it comes from a page that can read our cookies.
api.use({
  onRequest({ request }) {
    const token = csrfToken(document.cookie);
    if (token !== null && request.method !== 'GET') request.headers.set('X-CSRF-Token', token);
    // What the page asks by itself while nobody is there keeps no session alive.
    if (!isAttended()) request.headers.set('X-Background', '1');
    return request;
  },
});

interface Answer<Envelope> {
  readonly data?: Envelope;
  readonly error?: unknown;
  readonly response: Response;
}

/** Waits for a call and takes what the envelope holds, or throws what the server said. */
export async function unwrap<T>(call: Promise<Answer<{ data: T }>>): Promise<T> {
  const answer = await call.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(unreachable, 'The server cannot be reached.');
  });
  if (answer.data !== undefined && answer.response.ok) return answer.data.data;
  throw toApiError(answer.error, answer.response);
}

export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** The same for one page of a list: the items, and where the next page starts. */
export async function unwrapPage<Item>(
  call: Promise<Answer<{ data: Item[]; meta: { next_cursor?: string | null } }>>,
): Promise<PageOf<Item>> {
  let next: string | null = null;
  const items = await unwrap(
    call.then((answer) => {
      next = answer.data?.meta.next_cursor ?? null;
      return answer;
    }),
  );
  return { items, next };
}

/** A key that makes a repeated request harmless. Works without a secure context, too. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
