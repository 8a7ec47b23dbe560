import { expect, test } from 'vitest';
import { move } from './reorder';

test('an item changes places with its neighbour', () => {
  expect(move(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
  expect(move(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
});

test('the ends are the ends', () => {
  const items = ['a', 'b'];
  expect(move(items, 'a', -1)).toBe(items);
  expect(move(items, 'b', 1)).toBe(items);
  expect(move(items, 'x', 1)).toBe(items);
});
