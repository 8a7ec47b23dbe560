import { useMemo } from 'react';
import { formatUtc } from '../../format/time';
import { useFormat } from '../../format/useFormat';
import { Panel } from '../../parts/Panel';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { describe } from './describe';
import type { Range } from './useRange';

/** What the candles of the range were like. */
export function StatisticsPanel({ range, step }: { readonly range: Range; readonly step: number }) {
  const { data } = useLabTexts();
  const { statistics: words } = data;
  const format = useFormat();
  const told = useMemo(() => describe(range.closed, step), [range, step]);
  if (told === null) return null;
  const share = (value: number | null) => (value === null ? '–' : format.share(value));
  const when = (at: { time: number } | null) => (at === null ? undefined : formatUtc(new Date(at.time)));
  const figures = [
    [words.change, format.change(told.change), undefined],
    [words.high, format.price(told.high), undefined],
    [words.low, format.price(told.low), undefined],
    [words.volatility, share(told.volatility), words.volatilityHint],
    [words.range, share(told.meanRange), words.rangeHint],
    [words.rising, share(told.rising), undefined],
    [
      words.largestRise,
      told.largestRise ? format.change(told.largestRise.change) : '–',
      when(told.largestRise),
    ],
    [
      words.largestFall,
      told.largestFall ? format.change(told.largestFall.change) : '–',
      when(told.largestFall),
    ],
    [words.volume, format.compact(told.meanVolume), undefined],
    [words.memory, told.memory === null ? '–' : format.fixed(told.memory, 3), words.memoryHint],
  ] as const;
  return (
    <Panel title={words.title} note={data.count(format.count(told.count))}>
      <dl className={css['figures']}>
        {figures.map(([name, value, hint]) => (
          <div key={name} title={hint}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
