import { useTexts } from '../../i18n/Texts';
import { timeframes } from '../../market/timeframes';
import { Segmented } from '../../parts/Segmented';
import { Chips } from '../../records/Chips';
import { PeriodChoice } from '../../records/PeriodChoice';
import records from '../../records/Records.module.css';
import { SymbolChoice } from '../../records/SymbolChoice';
import { patternKinds } from '../kinds';
import { useSight } from '../sight/useSight';
import { type PatternFilter, states, strengths } from './filter';

interface PatternFilterBarProps {
  readonly filter: PatternFilter;
  readonly onChange: (filter: PatternFilter) => void;
}

export function PatternFilterBar({ filter, onChange }: PatternFilterBarProps) {
  const { eye, pages } = useTexts();
  const { patterns: texts, records: words, matrix } = pages;
  const hasAllKinds = useSight()?.hasAllKinds ?? true;
  const put = (change: Partial<PatternFilter>) => onChange({ ...filter, ...change });
  const levels = [...new Set([...strengths, filter.strength])].sort((one, other) => one - other);
  return (
    <search className={records['filter']} aria-label={words.filter}>
      <SymbolChoice value={filter.symbol} onChange={(symbol) => put({ symbol })} />
      <Chips
        label={words.timeframes}
        choices={timeframes.map((timeframe) => [timeframe, timeframe] as const)}
        chosen={filter.timeframes}
        onChange={(chosen) => put({ timeframes: chosen })}
      />
      <Chips
        label={texts.kinds}
        choices={patternKinds.map((kind) => [kind, eye.kindsShort[kind]] as const)}
        chosen={filter.kinds}
        isLocked={(kind) => !hasAllKinds && kind !== 'fairValueGap'}
        lockedText={pages.locks['patterns.kinds']}
        onChange={(kinds) => put({ kinds })}
      />
      <Segmented
        label={matrix.direction}
        choices={[
          ['', matrix.anyDirection],
          ['bullish', `▲ ${eye.directions.bullish}`],
          ['bearish', `▼ ${eye.directions.bearish}`],
        ]}
        value={filter.direction}
        onChange={(direction) => put({ direction })}
      />
      <select
        aria-label={texts.state}
        value={filter.state}
        onChange={({ target }) =>
          put({ state: states.find((state) => state === target.value) ?? filter.state })
        }
      >
        {states.map((state) => (
          <option key={state} value={state}>
            {state === 'ended' || state === 'all' ? texts.states[state] : eye.statuses[state]}
          </option>
        ))}
      </select>
      <select
        aria-label={texts.strength}
        value={filter.strength}
        onChange={({ target }) => put({ strength: Number(target.value) })}
      >
        {levels.map((level) => (
          <option key={level} value={level}>
            {level === 0 ? texts.anyStrength : texts.atLeast(String(level))}
          </option>
        ))}
      </select>
      <PeriodChoice value={filter.period} onChange={(period) => put({ period })} />
    </search>
  );
}
