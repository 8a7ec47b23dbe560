import { ChartCandlestick } from 'lucide-react';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Finder } from '../../palette/Finder';
import type { MarketRow } from '../board';

interface SymbolFinderProps {
  readonly markets: readonly MarketRow[];
  readonly onPick: (symbol: string) => void;
  readonly onClose: () => void;
}

export function SymbolFinder({ markets, onPick, onClose }: SymbolFinderProps) {
  const { chart: texts } = useTexts();
  const format = useFormat();
  return (
    <Finder
      title={texts.switchSymbol}
      placeholder={texts.findSymbol}
      results={texts.symbols}
      commands={markets.map(({ symbol, price, change24h }) => ({
        id: symbol,
        group: texts.symbols,
        icon: ChartCandlestick,
        title: symbol,
        keywords: symbol.replace('/', ''),
        detail: [
          price === null ? '' : format.price(price),
          change24h === null ? '' : format.change(change24h),
        ].join('  '),
        run: () => onPick(symbol),
      }))}
      onClose={onClose}
    />
  );
}
