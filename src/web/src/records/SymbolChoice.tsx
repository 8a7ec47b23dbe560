import { useTexts } from '../i18n/Texts';
import { useMarkets } from '../market/useMarkets';
import { useSight } from '../patterns/sight/useSight';

interface SymbolChoiceProps {
  /** One symbol, several separated by commas, or empty for all. */
  readonly value: string;
  readonly onChange: (symbol: string) => void;
}

/** Which symbol; those the plan leaves locked stand there as such. */
export function SymbolChoice({ value, onChange }: SymbolChoiceProps) {
  const { records: texts } = useTexts().pages;
  const seen = useSight()?.symbols ?? null;
  const watched = useMarkets().data?.markets.map((row) => row.symbol) ?? [];
  const symbols = [...new Set([...watched, ...(value === '' ? [] : [value])])].sort();
  return (
    <select aria-label={texts.symbol} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{texts.allSymbols}</option>
      {symbols.map((symbol) => {
        const isLocked = seen !== null && !symbol.includes(',') && !seen.includes(symbol);
        return (
          <option key={symbol} value={symbol} disabled={isLocked}>
            {isLocked ? texts.lockedSymbol(symbol) : symbol}
          </option>
        );
      })}
    </select>
  );
}
