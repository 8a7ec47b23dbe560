import { Star } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import table from '../../parts/Table.module.css';
import { isLoading, type MarketRow } from '../board';
import { Change } from '../Change';
import { Freshness } from '../Freshness';
import { toggleFavourite } from '../favourites';
import { LivePrice } from '../LivePrice';
import { LoadingBar } from '../LoadingBar';
import { chartPath, splitSymbol } from '../symbols';
import css from './MarketTable.module.css';
import { RangeBar } from './RangeBar';
import { Sparkline } from './Sparkline';

interface MarketTableRowProps {
  readonly row: MarketRow;
  readonly isFavourite: boolean;
}

/** Drawn anew only when its own market moved. */
export const MarketTableRow = memo(function MarketTableRow({ row, isFavourite }: MarketTableRowProps) {
  const { markets: texts } = useTexts();
  const { symbol } = row;
  const [base, quote] = splitSymbol(symbol);
  const spare = `${table['number']} ${css['spare']}`;
  return (
    <tr className={css['row']} data-symbol={symbol}>
      <td className={css['star']}>
        <button
          type="button"
          className={css['favourite']}
          tabIndex={-1}
          aria-pressed={isFavourite}
          aria-label={texts.markFavourite(symbol)}
          onClick={() => toggleFavourite(symbol)}
        >
          <Star size={14} aria-hidden="true" fill={isFavourite ? 'currentColor' : 'none'} />
        </button>
      </td>
      <th scope="row">
        <Link href={chartPath(symbol)} className={css['symbol']} aria-keyshortcuts="f">
          {base}
          <span className={css['quote']}>/{quote}</span>
        </Link>
        <span className={css['below']}>
          <News row={row} />
        </span>
      </th>
      <td className={table['number']}>
        <LivePrice price={row.price} />
        <span className={css['below']}>
          <Change ratio={row.change24h} />
        </span>
      </td>
      <td className={`${table['number']} ${css['day']}`}>
        <Change ratio={row.change24h} />
      </td>
      <td className={spare}>
        <Change ratio={row.change1h} />
      </td>
      <td className={spare}>
        <Change ratio={row.change7d} />
      </td>
      <td className={css['shape']}>
        <Sparkline
          closes={row.sparkline}
          now={row.price}
          change={row.change24h}
          label={texts.sparkline(symbol)}
        />
      </td>
      <td className={css['roomy']}>
        <RangeBar low={row.low24h} high={row.high24h} price={row.price} />
      </td>
      <td className={spare}>
        <Volume value={row.quoteVolume24h} unit={quote} />
      </td>
      <td className={`${table['number']} ${css['age']}`}>
        <News row={row} />
      </td>
    </tr>
  );
});

/** How fresh the price is; while history is loading, how far that has come. */
function News({ row }: { readonly row: MarketRow }) {
  return isLoading(row.loading) ? <LoadingBar loading={row.loading} /> : <Freshness at={row.at} />;
}

function Volume({ value, unit }: { readonly value: number | null; readonly unit: string }) {
  const format = useFormat();
  if (value === null) return '–';
  return <span title={`${format.count(value)} ${unit}`}>{format.compact(value)}</span>;
}
