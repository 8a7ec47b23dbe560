import { useMemo } from 'react';
import { useFormat } from '../../format/useFormat';
import type { Unit } from './measures';

/** Writes a figure in its unit; what is undefined is a dash, never a nought. */
export function useWrite(): (unit: Unit, value: number | null | undefined) => string {
  const format = useFormat();
  return useMemo(() => {
    const ways: { readonly [unit in Unit]: (value: number) => string } = {
      change: format.change,
      share: format.share,
      loss: (value) => format.change(-Math.abs(value)),
      ratio: (value) => format.fixed(value, 2),
      money: (value) => format.fixed(value, 2),
      cost: (value) => format.fixed(-Math.abs(value), 2),
      count: format.count,
      bars: (value) => format.fixed(value, 1),
    };
    return (unit, value) => (value === null || value === undefined ? '–' : ways[unit](value));
  }, [format]);
}
