import { CandlestickChart, SearchX } from 'lucide-react';
import { useRef } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useNow } from '../../format/useNow';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Failure } from '../../parts/Failure';
import { Notice } from '../../parts/Notice';
import { Page } from '../../parts/Page';
import type { MarketRow } from '../board';
import { useFavourites } from '../favourites';
import { chartPath } from '../symbols';
import { useLiveMarkets } from '../useMarkets';
import { arrange, type Listing, parseListing, writeListing } from './listing';
import { MarketFilter } from './MarketFilter';
import css from './MarketsPage.module.css';
import { MarketTable } from './MarketTable';
import { useListKeys } from './useListKeys';

export function MarketsPage() {
  const { markets: texts } = useTexts();
  const { data, error, refetch } = useLiveMarkets();
  const [listing, setListing] = useListing();
  const rows = useArranged(data?.markets, listing);
  const [, navigate] = useLocation();
  const page = useRef<HTMLDivElement>(null);
  useListKeys(page);
  if (error && data === undefined)
    return (
      <Page title={texts.title} lead={texts.lead}>
        <Failure error={error} retry={() => void refetch()} />
      </Page>
    );
  const openFirst = () => {
    const [first] = rows ?? [];
    if (first) navigate(chartPath(first.symbol));
  };
  return (
    <Page title={texts.title} lead={texts.lead} isWide>
      <div ref={page} className={css['list']}>
        <MarketFilter listing={listing} onChange={setListing} onOpenFirst={openFirst} />
        {data?.markets.length === 0 ? (
          <Notice
            icon={CandlestickChart}
            title={data.source === null ? texts.noSource : texts.empty}
            hint={data.source === null ? texts.noSourceHint(data.reason) : texts.emptyHint}
          />
        ) : rows?.length === 0 ? (
          <Notice icon={SearchX} title={texts.noMatch(listing.query)} hint={texts.noMatchHint}>
            <Button onClick={() => setListing({ ...listing, query: '' })}>{texts.clear}</Button>
          </Notice>
        ) : (
          <MarketTable rows={rows} listing={listing} onSort={setListing} />
        )}
        <Troubles rows={data?.markets ?? []} />
      </div>
    </Page>
  );
}

/** Search and order live in the address; typing does not fill the history. */
function useListing(): readonly [Listing, (listing: Listing) => void] {
  const [params, setParams] = useSearchParams();
  return [parseListing(params), (listing) => setParams(writeListing(listing), { replace: true })];
}

const settleFor = 5_000;

/** In order. While prices move, rows change places every few seconds and not with every tick. */
function useArranged(markets: readonly MarketRow[] | undefined, listing: Listing): MarketRow[] | undefined {
  const favourites = useFavourites();
  const beat = Math.floor(useNow() / settleFor);
  const known = markets?.map((row) => row.symbol).join(' ');
  const settled = useRef({ asked: '', order: new Map<string, number>() });
  if (markets === undefined) return undefined;
  const asked = JSON.stringify([known, listing, favourites, beat]);
  if (settled.current.asked !== asked)
    settled.current = {
      asked,
      order: new Map(arrange(markets, listing, favourites).map((row, place) => [row.symbol, place])),
    };
  const { order } = settled.current;
  const placeOf = (row: MarketRow) => order.get(row.symbol) ?? 0;
  return markets.filter((row) => order.has(row.symbol)).sort((one, other) => placeOf(one) - placeOf(other));
}

/** Why some symbols do not get on, in full: a cell has no room for it. */
function Troubles({ rows }: { readonly rows: readonly MarketRow[] }) {
  const { markets: texts } = useTexts();
  const troubled = rows.filter((row) => row.loading?.trouble);
  return (
    <ul className={css['troubles']} aria-label={texts.troubles} hidden={troubled.length === 0}>
      {troubled.map((row) => (
        <li key={row.symbol}>
          <strong>{row.symbol}</strong> {row.loading?.trouble}
        </li>
      ))}
    </ul>
  );
}
