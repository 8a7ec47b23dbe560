import { Compass } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { ApiError } from '../../api/ApiError';
import { useTexts } from '../../i18n/Texts';
import { Failure } from '../../parts/Failure';
import { Notice } from '../../parts/Notice';
import type { MarketRow } from '../board';
import { LoadingBar } from '../LoadingBar';
import { chartPath, symbolOf } from '../symbols';
import { stepOf } from '../timeframes';
import { useLiveMarkets } from '../useMarkets';
import css from './ChartPage.module.css';
import { ChartStage } from './ChartStage';
import { ChartToolbar, type ChartTools } from './ChartToolbar';
import { useCandles } from './candles/useCandles';
import { IndicatorFinder } from './indicators/IndicatorFinder';
import { drawnOf } from './indicators/lines';
import { useIndicators, useUses } from './indicators/useIndicators';
import { SymbolFinder } from './SymbolFinder';
import { SidePanel } from './side/SidePanel';
import { useChartAddress } from './useChartAddress';
import { useChartKeys } from './useChartKeys';
import { useFullScreen } from './useFullScreen';

export function ChartPage({ path }: { readonly path: string }) {
  const symbol = symbolOf(path);
  const [address, change] = useChartAddress();
  const { timeframe, isLogarithmic } = address;
  const markets = useLiveMarkets().data?.markets;
  const market = markets?.find((row) => row.symbol === symbol);
  const candles = useCandles(symbol, timeframe);
  useMoreWhen(market?.loading?.stage, () => void candles.refetch());
  const [first, setFirst] = useState(Number.POSITIVE_INFINITY);
  const { uses, unknown } = useUses(address.uses);
  const indicators = useIndicators(symbol, timeframe, uses, candles.data, first);
  const closed = candles.data?.closed;
  const drawn = useMemo(
    () => drawnOf(uses, indicators.data, closed, stepOf(timeframe)),
    [uses, indicators.data, closed, timeframe],
  );
  const isUnknown = candles.data === undefined && isNotFound(candles.error);
  const page = useRef<HTMLDivElement>(null);
  const tools: ChartTools = {
    ...useFullScreen(page),
    ...useFinders(),
    isLogarithmic,
    toggleLogarithmic: () => change({ isLogarithmic: !isLogarithmic }),
    changeTimeframe: (next) => change({ timeframe: next }),
  };
  useChartKeys(tools);
  useTitle(symbol, timeframe);
  const goTo = useOtherSymbol();
  const setUses = (next: readonly string[]) => change({ uses: next });
  return (
    <div ref={page} className={css['page']}>
      <ChartToolbar symbol={symbol} market={market} timeframe={timeframe} tools={tools} />
      <div className={css['body']} data-alone={isUnknown || undefined}>
        <div className={css['stage']}>
          {candles.data === undefined || candles.data.closed.length === 0 ? (
            <Nothing symbol={symbol} market={market} candles={candles} />
          ) : (
            <ChartStage
              symbol={symbol}
              timeframe={timeframe}
              series={candles.data}
              market={market}
              heardAt={candles.heardAt}
              older={candles.older}
              loadOlder={candles.loadOlder}
              isLogarithmic={isLogarithmic}
              drawn={drawn}
              uses={uses}
              unknown={unknown}
              indicatorError={indicators.error}
              setUses={setUses}
              onFirstInSight={setFirst}
            />
          )}
        </div>
        {!isUnknown && <SidePanel symbol={symbol} market={market} timeframe={timeframe} />}
      </div>
      {tools.finder === 'symbol' && (
        <SymbolFinder markets={markets ?? []} onPick={goTo} onClose={tools.closeFinder} />
      )}
      {tools.finder === 'indicator' && (
        <IndicatorFinder uses={uses} setUses={setUses} onClose={tools.closeFinder} />
      )}
    </div>
  );
}

interface NothingProps {
  readonly symbol: string;
  readonly market: MarketRow | undefined;
  readonly candles: ReturnType<typeof useCandles>;
}

/** Why there is no chart: not yet, not here, or not to be had. */
function Nothing({ symbol, market, candles }: NothingProps) {
  const { chart: texts } = useTexts();
  const { error } = candles;
  if (candles.data === undefined && isNotFound(error))
    return (
      <Notice icon={Compass} title={texts.unknownSymbol(symbol)} hint={texts.unknownSymbolHint} alert>
        <Link href="/markets">{texts.toMarkets}</Link>
      </Notice>
    );
  if (candles.data === undefined && error)
    return <Failure error={error} retry={() => void candles.refetch()} />;
  if (candles.data === undefined)
    return (
      <p className={css['wait']} role="status">
        {texts.loading}
      </p>
    );
  return (
    <Notice
      icon={Compass}
      title={texts.noCandles(symbol)}
      hint={market?.loading?.trouble ?? texts.noCandlesHint}
    >
      {market?.loading && <LoadingBar loading={market.loading} />}
    </Notice>
  );
}

const isNotFound = (error: Error | null) => error instanceof ApiError && error.status === 404;

type Finding = 'symbol' | 'indicator' | null;

function useFinders() {
  const [finder, setFinder] = useState<Finding>(null);
  return {
    finder,
    findSymbol: () => setFinder('symbol'),
    findIndicator: () => setFinder('indicator'),
    closeFinder: () => setFinder(null),
  };
}

/** At another stage of loading there is more to read than before: newest candles first, then years of history. */
function useMoreWhen(stage: string | undefined, read: () => void): void {
  const before = useRef(stage);
  useEffect(() => {
    if (before.current !== undefined && stage !== undefined && before.current !== stage) read();
    before.current = stage;
  }, [stage, read]);
}

/** Another symbol keeps the timeframe and the indicators. */
function useOtherSymbol(): (symbol: string) => void {
  const [, navigate] = useLocation();
  const search = useSearch();
  return (symbol) => navigate(chartPath(symbol) + (search === '' ? '' : `?${search}`));
}

function useTitle(symbol: string, timeframe: string): void {
  const { product, chart } = useTexts();
  useEffect(() => {
    document.title = `${chart.title(symbol, timeframe)} · ${product}`;
  }, [symbol, timeframe, chart, product]);
}
