import { CandlestickChart, SearchX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'wouter';
import { useNow } from '../../format/useNow';
import { useTexts } from '../../i18n/Texts';
import { useMarkets } from '../../market/useMarkets';
import { Button } from '../../parts/Button';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { Locks } from '../../patterns/sight/Locks';
import { Refused } from '../../patterns/sight/Refused';
import { ChooseSymbols } from '../ChooseSymbols';
import type { MatrixRow } from './board';
import { Legend } from './Legend';
import { arrange, isFiltered, type Listing, parseListing, writeListing } from './listing';
import { MatrixFilter } from './MatrixFilter';
import { MatrixGrid } from './MatrixGrid';
import { useLiveMatrix } from './useMatrix';

/** The matrix with its search, its legend and what the plan leaves locked. */
export function MatrixPanel() {
  const { matrix: texts } = useTexts().pages;
  const { data, error, refetch } = useLiveMatrix();
  const [listing, setListing] = useListing();
  const rows = useArranged(data?.rows, listing);
  const markets = new Map(useMarkets().data?.markets.map((row) => [row.symbol, row]));
  const panel = useRef<HTMLDivElement>(null);
  useSearchKey(panel);
  if (data === undefined && error !== null)
    return (
      <Panel title={texts.title}>
        <Refused error={error} retry={() => void refetch()} />
      </Panel>
    );
  return (
    <div ref={panel}>
      <Panel title={texts.title} note={texts.note} action={<Legend />}>
        <MatrixFilter
          listing={listing}
          hasLocked={data?.rows.some((row) => row.isLocked) ?? false}
          onChange={setListing}
        />
        {data?.rows.length === 0 ? (
          <Notice
            icon={CandlestickChart}
            title={data.source === null ? texts.noSource : texts.noSymbols}
            hint={data.source === null ? texts.noSourceHint : texts.noSymbolsHint}
          />
        ) : rows?.length === 0 ? (
          <Notice icon={SearchX} title={texts.noMatch} hint={texts.noMatchHint}>
            <Button onClick={() => setListing({ ...listing, query: '', direction: '', kind: '' })}>
              {texts.clear}
            </Button>
          </Notice>
        ) : (
          <MatrixGrid
            key={isFiltered(listing) ? 'some' : 'all'}
            rows={rows}
            looked={data?.timeframes ?? []}
            markets={markets}
            listing={listing}
            onSort={setListing}
          />
        )}
        <Locks locks={data?.locks ?? []} of={['symbols', 'patterns.kinds']}>
          <ChooseSymbols all={data?.rows.map((row) => row.symbol) ?? []} />
        </Locks>
      </Panel>
    </div>
  );
}

/** Search and order live in the address; typing does not fill the history. */
function useListing(): readonly [Listing, (listing: Listing) => void] {
  const [params, setParams] = useSearchParams();
  return [parseListing(params), (listing) => setParams(writeListing(listing), { replace: true })];
}

const settleFor = 5_000;

/** In order. While patterns come and go, rows change places every few seconds and not with every message. */
function useArranged(rows: readonly MatrixRow[] | undefined, listing: Listing): MatrixRow[] | undefined {
  const beat = Math.floor(useNow() / settleFor);
  const settled = useRef({ asked: '', order: [] as string[] });
  if (rows === undefined) return undefined;
  const asked = JSON.stringify([rows.length, rows[0]?.symbol, listing, beat]);
  if (settled.current.asked !== asked)
    settled.current = { asked, order: arrange(rows, listing).map((row) => row.symbol) };
  const bySymbol = new Map(rows.map((row) => [row.symbol, row]));
  return settled.current.order.flatMap((symbol) => bySymbol.get(symbol) ?? []);
}

/** A slash goes to the search, from anywhere but a field. */
function useSearchKey(panel: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      panel.current?.querySelector<HTMLInputElement>('[data-search]')?.focus();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [panel]);
}
