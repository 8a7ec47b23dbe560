import { useState } from 'react';
import { useTexts } from '../i18n/Texts';
import { always, type Period, spans } from './period';

interface PeriodChoiceProps {
  readonly value: Period;
  readonly onChange: (period: Period) => void;
}

/** Since when, or between which days. */
export function PeriodChoice({ value, onChange }: PeriodChoiceProps) {
  const { records: texts } = useTexts().pages;
  const hasDays = value.from !== '' || value.to !== '';
  const [isBetween, setBetween] = useState(hasDays);
  const choice = isBetween || hasDays ? 'between' : value.since;
  return (
    <>
      <select
        aria-label={texts.time}
        value={choice}
        onChange={({ target }) => {
          setBetween(target.value === 'between');
          const since = spans.find((span) => span === target.value) ?? '';
          onChange({ ...always, since });
        }}
      >
        <option value="">{texts.anyTime}</option>
        {spans.map((span) => (
          <option key={span} value={span}>
            {texts.last[span]}
          </option>
        ))}
        <option value="between">{texts.between}</option>
      </select>
      {choice === 'between' && (
        <>
          <input
            type="date"
            aria-label={texts.fromDay}
            value={value.from}
            max={value.to || undefined}
            onChange={({ target }) => onChange({ ...value, since: '', from: target.value })}
          />
          <input
            type="date"
            aria-label={texts.toDay}
            value={value.to}
            min={value.from || undefined}
            onChange={({ target }) => onChange({ ...value, since: '', to: target.value })}
          />
        </>
      )}
    </>
  );
}
