import { expect, test } from 'vitest';
import { faultOf, newParameter, toSent, toWritten, type WrittenParameter } from './parameters';

const len: WrittenParameter = { name: 'len', default: '14', minimum: '2', maximum: '100' };

test.each([
  [{}, null],
  [{ name: '1st' }, 'name'],
  [{ name: '' }, 'name'],
  [{ default: 'x' }, 'number'],
  [{ default: '0,5', minimum: '-1' }, null],
  [{ default: '1' }, 'order'],
] as const)('a parameter written %j has the fault %s', (change, fault) => {
  const written = { ...len, ...change };
  expect(faultOf(written, [written])).toBe(fault);
});

test('two parameters of one name cannot be told apart', () => {
  expect(faultOf(len, [len, { ...len }])).toBe('name');
  expect(newParameter([len]).name).toBe('fast');
});

test('what is sent comes back as it was written', () => {
  expect(toWritten(toSent(len))).toEqual(len);
});
