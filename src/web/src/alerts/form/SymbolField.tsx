import { useTexts } from '../../i18n/Texts';
import { useMarkets } from '../../market/useMarkets';
import { Choice } from '../../parts/form/Choice';

interface SymbolFieldProps {
  readonly name: string;
  readonly value: string;
  readonly onChange: (symbol: string) => void;
  readonly onLeave: () => void;
  readonly fault: string | undefined;
}

/** The markets that are watched here, and the one that was asked for. */
export function SymbolField(field: SymbolFieldProps) {
  const { form: words } = useTexts().alerts;
  const watched = useMarkets().data?.markets.map((row) => row.symbol) ?? [];
  const symbols = [...new Set([...watched, field.value])].sort();
  return (
    <Choice {...field} label={words.symbol} choices={symbols.map((symbol) => [symbol, symbol] as const)} />
  );
}
