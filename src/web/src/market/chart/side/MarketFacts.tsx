import type { ReactNode } from 'react';
import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import { Skeleton } from '../../../parts/Skeleton';
import { isLoading, type MarketRow } from '../../board';
import { Change } from '../../Change';
import { Freshness } from '../../Freshness';
import { LoadingBar } from '../../LoadingBar';
import { RangeBar } from '../../list/RangeBar';
import { splitSymbol } from '../../symbols';
import css from './SidePanel.module.css';
import { SidePart } from './SidePart';

interface MarketFactsProps {
  readonly symbol: string;
  readonly market: MarketRow | undefined;
}

export function MarketFacts({ symbol, market }: MarketFactsProps) {
  const { chart: texts } = useTexts();
  const format = useFormat();
  const [base, quote] = splitSymbol(symbol);
  const volume = (value: number | null, unit: string) =>
    value === null ? '–' : <span title={`${format.count(value)} ${unit}`}>{format.compact(value)}</span>;
  return (
    <SidePart
      title={texts.market}
      note={
        market && isLoading(market.loading) ? (
          <LoadingBar loading={market.loading} />
        ) : (
          <Freshness at={market?.at ?? null} />
        )
      }
    >
      <dl className={css['facts']}>
        <Fact name={texts.change1h} value={market && <Change ratio={market.change1h} />} />
        <Fact name={texts.change7d} value={market && <Change ratio={market.change7d} />} />
        <Fact name={texts.volumeOf(quote)} value={market && volume(market.quoteVolume24h, quote)} />
        <Fact name={texts.volumeOf(base)} value={market && volume(market.volume24h, base)} />
        <Fact
          name={texts.source}
          value={
            market && (
              <span className={css['words']}>
                {market.source} · {texts.provenances[market.provenance]}
              </span>
            )
          }
        />
      </dl>
      <div className={css['range']}>
        <span className={css['rangeName']}>{texts.range24h}</span>
        <span>{format.price(market?.low24h ?? Number.NaN)}</span>
        <RangeBar low={market?.low24h ?? null} high={market?.high24h ?? null} price={market?.price ?? null} />
        <span>{format.price(market?.high24h ?? Number.NaN)}</span>
      </div>
    </SidePart>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? <Skeleton width={72} />}</dd>
    </div>
  );
}
