import { describe, expect, test } from 'vitest';
import { mergeItems } from './merge';

const item = (id: number, isActive = true) => ({ id, isActive });
const pages = [
  { items: [item(4), item(3)], next: 'c' },
  { items: [item(2), item(1)], next: null },
];
const ids = (merged: ReturnType<typeof mergeItems>) => merged.map((page) => page.items.map((one) => one.id));

describe('what is heard', () => {
  test('of a known item changes it in its place', () => {
    const merged = mergeItems(pages, [{ ...item(2), isActive: false }], () => true);
    expect(merged[1]?.items[0]).toEqual(item(2, false));
    expect(ids(merged)).toEqual([
      [4, 3],
      [2, 1],
    ]);
  });

  test('of a new item puts it on top, the last heard first', () => {
    expect(ids(mergeItems(pages, [item(5), item(6)], () => true))[0]).toEqual([6, 5, 4, 3]);
  });

  test('takes out what does not belong any more, and leaves out what never did', () => {
    const merged = mergeItems(pages, [item(3, false), item(7, false)], (one) => one.isActive);
    expect(ids(merged)).toEqual([[4], [2, 1]]);
  });

  test('leaves the place where the next page starts', () => {
    expect(mergeItems(pages, [item(5)], () => true)[0]?.next).toBe('c');
  });
});
