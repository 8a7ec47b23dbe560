import { Compass } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { newAlertPath } from '../../alerts/kinds';
import { ApiError } from '../../api/ApiError';
import { priceDecimals } from '../../format/number';
import { useTexts } from '../../i18n/Texts';
import { Failure } from '../../parts/Failure';
import { Notice } from '../../parts/Notice';
import type { MarketRow } from '../board';
import { LoadingBar } from '../LoadingBar';
import { chartPath, pathOf, symbolOf } from '../symbols';
import { stepOf } from '../timeframes';
import { useLiveMarkets } from '../useMarkets';
import { AsOfBar } from './AsOfBar';
import { parseAddress, writeAddress } from './address';
import css from './ChartPage.module.css';
import { ChartStage } from './ChartStage';
import { ChartToolbar, type ChartTools } from './ChartToolbar';
import { shownAt } from './candles/series';
import { useCandles } from './candles/useCandles';
import { IndicatorFinder } from './indicators/IndicatorFinder';
import { drawnOf } from './indicators/lines';
import { useIndicators, useUses } from './indicators/useIndicators';
import { OverlayFeed } from './overlay/OverlayFeed';
import { useShapes } from './overlay/useShapes';
import { SymbolFinder } from './SymbolFinder';
import { ChartSide } from './side/ChartSide';
import { useChartAddress } from './useChartAddress';
import { useChartKeys } from './useChartKeys';
import { useEye } from './useEye';
import { useFullScreen } from './useFullScreen';
import { useMoment } from './useMoment';

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
  const at = useMoment(timeframe, candles.data, address.moment, (moment) => change({ moment }));
  const drawn = useMemo(
    () => drawnOf(uses, indicators.data, closed, stepOf(timeframe), at.moment),
    [uses, indicators.data, closed, timeframe, at.moment],
  );
  const series = useMemo(
    () => candles.data && shownAt(candles.data, at.moment, stepOf(timeframe)),
    [candles.data, at.moment, timeframe],
  );
  const eye = useEye(symbol, timeframe, candles.data, first, at.moment, address, change);
  const shapes = useShapes(eye.overlay, eye.filter, eye.chosen);
  const isUnknown = candles.data === undefined && isNotFound(candles.error);
  const page = useRef<HTMLDivElement>(null);
  const tools: ChartTools = {
    ...useFullScreen(page),
    ...useFinders(),
    alertMe: useAlertForm(symbol, market?.price ?? null),
    isLogarithmic,
    toggleLogarithmic: () => change({ isLogarithmic: !isLogarithmic }),
    changeTimeframe: (next) =>
      // A pattern belongs to its timeframe, a signal to all of them.
      change({ timeframe: next, ...(address.chosen && 'pattern' in address.chosen ? { chosen: null } : {}) }),
    stepChosen: eye.step,
    letGo: () => (eye.chosen === null ? at.toLive() : eye.choose(null)),
    toggleMoment: at.toggle,
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
          {series === undefined || series.closed.length === 0 ? (
            <Nothing symbol={symbol} market={market} candles={candles} />
          ) : (
            <ChartStage
              symbol={symbol}
              timeframe={timeframe}
              series={series}
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
              shapes={shapes}
              chosen={eye.chosen}
              onChoose={eye.choose}
            />
          )}
        </div>
        {series !== undefined && <AsOfBar at={at} />}
        {!isUnknown && <ChartSide symbol={symbol} market={market} timeframe={timeframe} eye={eye} />}
      </div>
      {eye.overlay && <OverlayFeed symbol={symbol} timeframe={timeframe} lastClosed={closed?.at(-1)?.time} />}
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

/** The form of an alert, with the price of now to begin with. */
function useAlertForm(symbol: string, price: number | null): () => void {
  const [, navigate] = useLocation();
  const threshold = price === null ? null : price.toFixed(priceDecimals(price));
  return () => navigate(newAlertPath({ symbol: pathOf(symbol), threshold }));
}

/** Another symbol keeps the timeframe and the indicators. */
function useOtherSymbol(): (symbol: string) => void {
  const [, navigate] = useLocation();
  const search = useSearch();
  return (symbol) => {
    const address = parseAddress(new URLSearchParams(search));
    navigate(`${chartPath(symbol)}?${writeAddress({ ...address, chosen: null })}`);
  };
}

function useTitle(symbol: string, timeframe: string): void {
  const { product, chart } = useTexts();
  useEffect(() => {
    document.title = `${chart.title(symbol, timeframe)} · ${product}`;
  }, [symbol, timeframe, chart, product]);
}
