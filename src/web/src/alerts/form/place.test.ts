import { expect, test } from 'vitest';
import { ApiError } from '../../api/ApiError';
import { placeOf } from './place';

const refused = (details: object) =>
  new ApiError('VALIDATION_FAILED', 'No.', { status: 400, details: { ...details } });

test('a formula’s fault has a place', () => {
  const error = refused({ fields: { formula: ['there is no FOO'] }, line: 2, column: 7 });
  expect(placeOf(error)).toEqual({ line: 2, column: 7, message: 'there is no FOO' });
});

test('another fault has none', () => {
  expect(placeOf(refused({ fields: { threshold: ['It is above 0.'] } }))).toBeNull();
  expect(placeOf(refused({ fields: { metadata: ['there is no FOO'] }, line: 1, column: 1 }))).toBeNull();
  expect(placeOf(new Error('gone'))).toBeNull();
  expect(placeOf(null)).toBeNull();
});
