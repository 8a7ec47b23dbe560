import { describe, expect, test } from 'vitest';
import { ApiError } from '../../api/ApiError';
import { faultsOf } from './faults';

describe('what the server found wrong', () => {
  test('is told field by field', () => {
    const error = new ApiError('VALIDATION_FAILED', 'x', {
      details: { fields: { email: ['no address', 'too long'], name: [] } },
    });
    expect(faultsOf(error)).toEqual({ email: 'no address' });
  });

  test('is nothing of a field when the error is another', () => {
    expect(faultsOf(new ApiError('CONFLICT', 'x', { details: { fields: { email: ['x'] } } }))).toEqual({});
    expect(faultsOf(new ApiError('VALIDATION_FAILED', 'x'))).toEqual({});
  });
});
