import { describe, expect, test } from 'vitest';
import { toApiError } from './ApiError';

const response = (status: number, requestId?: string) => ({
  status,
  headers: new Headers(requestId ? { 'x-request-id': requestId } : {}),
});

describe('an answer that says no', () => {
  test('keeps the code, the message, the details and the request id', () => {
    const error = toApiError(
      {
        success: false,
        error: { code: 'VALIDATION_FAILED', message: 'Check the fields', details: { limit: ['too large'] } },
        meta: { request_id: 'r-1' },
      },
      response(422),
    );
    expect(error).toMatchObject({
      code: 'VALIDATION_FAILED',
      message: 'Check the fields',
      status: 422,
      details: { limit: ['too large'] },
      requestId: 'r-1',
    });
  });

  test('is still an error with a request id when a proxy answered instead', () => {
    const error = toApiError('<html>Bad gateway</html>', response(502, 'r-2'));
    expect(error).toMatchObject({ code: 'UNREADABLE_ANSWER', status: 502, requestId: 'r-2' });
    expect(error.message).toContain('502');
  });

  test.each([
    [500, true],
    [429, true],
    [404, false],
    [401, false],
  ])('with status %i may pass by itself: %s', (status, passing) => {
    expect(toApiError({ error: { code: 'X', message: 'x' } }, response(status)).isPassing).toBe(passing);
  });
});
