import { expect, test } from 'vitest';
import { parseViews, withView } from './savedViews';

test('a view under a name that is taken takes its place', () => {
  const views = [
    { name: 'Gaps', search: 'kind=FVG' },
    { name: 'Daily', search: 'timeframe=1d' },
  ];
  expect(withView(views, { name: 'Gaps', search: 'kind=FVG&strength=60' })).toEqual([
    { name: 'Daily', search: 'timeframe=1d' },
    { name: 'Gaps', search: 'kind=FVG&strength=60' },
  ]);
});

test('the oldest goes when there are too many', () => {
  const many = Array.from({ length: 20 }, (_, i) => ({ name: String(i), search: '' }));
  const views = withView(many, { name: 'new', search: '' });
  expect(views).toHaveLength(20);
  expect(views[0]?.name).toBe('1');
});

test.each([null, '', '{}', '[{"name":1}]', 'rubbish'])('%s in the store is no view', (stored) => {
  expect(parseViews(stored)).toEqual([]);
});
