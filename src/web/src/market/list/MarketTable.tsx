import { useTexts } from '../../i18n/Texts';
import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import { Skeleton } from '../../parts/Skeleton';
import table from '../../parts/Table.module.css';
import type { MarketRow } from '../board';
import { useFavourites } from '../favourites';
import { type Column, type Listing, sortBy } from './listing';
import css from './MarketTable.module.css';
import { MarketTableRow } from './MarketTableRow';

interface MarketTableProps {
  readonly rows: readonly MarketRow[] | undefined;
  readonly listing: Listing;
  readonly onSort: (listing: Listing) => void;
}

export function MarketTable({ rows, listing, onSort }: MarketTableProps) {
  const { markets: texts } = useTexts();
  const { symbols: favourites } = useFavourites();
  const head = (column: Column, text: string, className = '') => (
    <SortHead column={column} text={text} className={className} listing={listing} onSort={onSort} />
  );
  const figures = `${table['number']} ${css['figures']}`;
  const spare = `${figures} ${css['spare']}`;
  return (
    <Panel title={texts.watchList} isBare>
      <DataTable>
        <thead>
          <tr>
            <th scope="col" className={css['star']}>
              <span className="visually-hidden">{texts.favourite}</span>
            </th>
            {head('symbol', texts.symbol)}
            {head('price', texts.price, figures)}
            {head('change24h', texts.change24h, `${figures} ${css['day']}`)}
            {head('change1h', texts.change1h, spare)}
            {head('change7d', texts.change7d, spare)}
            <th scope="col" className={css['shape']}>
              {texts.day}
            </th>
            <th scope="col" className={css['roomy']}>
              {texts.range24h}
            </th>
            {head('volume', texts.volume24h, spare)}
            {head('age', texts.age, `${figures} ${css['age']}`)}
          </tr>
        </thead>
        <tbody>
          {rows === undefined && skeletons.map((id) => <Waiting key={id} />)}
          {rows?.map((row) => (
            <MarketTableRow key={row.symbol} row={row} isFavourite={favourites.includes(row.symbol)} />
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}

interface SortHeadProps {
  readonly column: Column;
  readonly text: string;
  readonly className: string | undefined;
  readonly listing: Listing;
  readonly onSort: (listing: Listing) => void;
}

function SortHead({ column, text, className, listing, onSort }: SortHeadProps) {
  const isSorted = listing.column === column;
  const order = !isSorted ? undefined : listing.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" className={className} aria-sort={order}>
      <button type="button" className={css['sort']} onClick={() => onSort(sortBy(listing, column))}>
        <span>{text}</span>
        <span className={css['order']} aria-hidden="true">
          {order === undefined ? '' : order === 'descending' ? '↓' : '↑'}
        </span>
      </button>
    </th>
  );
}

/** As many as the watch list begins with. */
const skeletons = [1, 2, 3, 4, 5];

function Waiting() {
  return (
    <tr>
      <td className={css['star']} />
      <th scope="row">
        <Skeleton width={72} />
      </th>
      <td className={table['number']}>
        <Skeleton width={64} />
      </td>
      <td className={table['number']}>
        <Skeleton width={52} />
      </td>
      <td className={css['spare']} />
      <td className={css['spare']} />
      <td className={css['shape']} />
      <td className={css['roomy']} />
      <td className={css['spare']} />
      <td className={css['age']} />
    </tr>
  );
}
