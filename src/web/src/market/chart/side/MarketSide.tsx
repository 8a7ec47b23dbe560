import { useTexts } from '../../../i18n/Texts';
import type { MarketRow } from '../../board';
import type { Timeframe } from '../../timeframes';
import { LastTrades } from './LastTrades';
import { MarketFacts } from './MarketFacts';
import { OrderBook } from './OrderBook';
import { QualityTable } from './QualityTable';
import css from './SidePanel.module.css';
import { useBook } from './useBook';

interface MarketSideProps {
  readonly symbol: string;
  readonly market: MarketRow | undefined;
  readonly timeframe: Timeframe;
}

/** What else there is to know about the market of the chart. */
export function MarketSide({ symbol, market, timeframe }: MarketSideProps) {
  const { chart: texts } = useTexts();
  const isRecorded = market?.provenance === 'recorded';
  const { book, trades } = useBook(symbol, market !== undefined && !isRecorded);
  return (
    <>
      <MarketFacts symbol={symbol} market={market} />
      {isRecorded ? (
        <p className={css['hint']}>{texts.recordedHasNoBook}</p>
      ) : (
        <>
          <OrderBook book={book} />
          <LastTrades trades={trades} />
        </>
      )}
      <QualityTable symbol={symbol} timeframe={timeframe} isKnown={market !== undefined} />
      <p className={css['credit']}>
        <a href="https://www.tradingview.com/" rel="noopener noreferrer" target="_blank">
          {texts.credit}
        </a>
      </p>
    </>
  );
}
