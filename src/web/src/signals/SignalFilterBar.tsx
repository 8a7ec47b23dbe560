import { useTexts } from '../i18n/Texts';
import { Segmented } from '../parts/Segmented';
import { PeriodChoice } from '../records/PeriodChoice';
import records from '../records/Records.module.css';
import { SymbolChoice } from '../records/SymbolChoice';
import { classes, origins, type SignalFilter, states } from './filter';

interface SignalFilterBarProps {
  readonly filter: SignalFilter;
  readonly onChange: (filter: SignalFilter) => void;
}

export function SignalFilterBar({ filter, onChange }: SignalFilterBarProps) {
  const { eye, pages } = useTexts();
  const { signals: texts, records: words, matrix } = pages;
  const put = (change: Partial<SignalFilter>) => onChange({ ...filter, ...change });
  return (
    <search className={records['filter']} aria-label={words.filter}>
      <SymbolChoice value={filter.symbol} onChange={(symbol) => put({ symbol })} />
      <Segmented
        label={matrix.direction}
        choices={[
          ['', matrix.anyDirection],
          ['bullish', `▲ ${eye.sides.buy}`],
          ['bearish', `▼ ${eye.sides.sell}`],
        ]}
        value={filter.direction}
        onChange={(direction) => put({ direction })}
      />
      <select
        aria-label={texts.class}
        value={filter.class}
        onChange={({ target }) => put({ class: classes.find((grade) => grade === target.value) ?? '' })}
      >
        <option value="">{texts.anyClass}</option>
        {classes.map((grade) => (
          <option key={grade} value={grade}>
            {texts.atLeast(eye.classes[grade])}
          </option>
        ))}
      </select>
      <select
        aria-label={texts.origin}
        value={filter.origin}
        onChange={({ target }) => put({ origin: origins.find((origin) => origin === target.value) ?? '' })}
      >
        <option value="">{texts.anyOrigin}</option>
        {origins.map((origin) => (
          <option key={origin} value={origin}>
            {eye.origins[origin]}
          </option>
        ))}
      </select>
      <select
        aria-label={texts.status}
        value={filter.state}
        onChange={({ target }) =>
          put({ state: states.find((state) => state === target.value) ?? filter.state })
        }
      >
        {states.map((state) => (
          <option key={state} value={state}>
            {state === 'all' || state === 'running' || state === 'over'
              ? texts.states[state]
              : eye.signalStatuses[state]}
          </option>
        ))}
      </select>
      <PeriodChoice value={filter.period} onChange={(period) => put({ period })} />
    </search>
  );
}
