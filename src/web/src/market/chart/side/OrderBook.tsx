import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import { Freshness } from '../../Freshness';
import { addUp, type BookRow, bookDecimals, type LiveBook, quantityDecimals } from './book';
import css from './OrderBook.module.css';
import { SidePart } from './SidePart';

const depth = 8;

/** The best levels of both sides, each with a bar as long as what lies up to it. */
export function OrderBook({ book }: { readonly book: LiveBook | undefined }) {
  const { chart: texts } = useTexts();
  const bids = addUp(book?.bids ?? [], depth);
  const asks = addUp(book?.asks ?? [], depth);
  const most = Math.max(bids.at(-1)?.total ?? 0, asks.at(-1)?.total ?? 0);
  const both = [...bids, ...asks];
  const figures = {
    prices: bookDecimals(both.map(({ price }) => price)),
    quantities: quantityDecimals(both.map(({ quantity }) => quantity)),
    most,
  };
  return (
    <SidePart title={texts.book} note={book && <Freshness at={book.at} />}>
      <table className={css['book']}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{texts.side}</span>
            </th>
            <th scope="col">{texts.price}</th>
            <th scope="col">{texts.quantity}</th>
            <th scope="col">{texts.total}</th>
          </tr>
        </thead>
        <tbody data-side="ask">
          <Levels rows={[...asks].reverse()} side={texts.ask} figures={figures} />
        </tbody>
        <tbody>
          <tr className={css['spread']}>
            <td />
            <td colSpan={3}>{book === undefined ? texts.noBook : <Spread bids={bids} asks={asks} />}</td>
          </tr>
        </tbody>
        <tbody data-side="bid">
          <Levels rows={bids} side={texts.bid} figures={figures} />
        </tbody>
      </table>
    </SidePart>
  );
}

interface LevelsProps {
  readonly rows: readonly BookRow[];
  readonly side: string;
  readonly figures: { readonly prices: number; readonly quantities: number; readonly most: number };
}

/** Always as many rows, so that what stands below stays where it is. */
function Levels({ rows, side, figures }: LevelsProps) {
  const format = useFormat();
  const places = Array.from({ length: depth }, (_, place) => place);
  return places.map((place) => {
    const row = rows[place];
    return (
      <tr key={place}>
        <td>
          {row && (
            <>
              <span className="visually-hidden">{side}</span>
              <span
                className={css['depth']}
                style={{ transform: `scaleX(${figures.most > 0 ? row.total / figures.most : 0})` }}
                aria-hidden="true"
              />
            </>
          )}
        </td>
        <td className={css['price']}>{row ? format.fixed(row.price, figures.prices) : ''}</td>
        <td>{row ? format.fixed(row.quantity, figures.quantities) : ''}</td>
        <td>{row ? format.fixed(row.total, figures.quantities) : ''}</td>
      </tr>
    );
  });
}

function Spread({ bids, asks }: { readonly bids: readonly BookRow[]; readonly asks: readonly BookRow[] }) {
  const { chart: texts } = useTexts();
  const format = useFormat();
  const [bid, ask] = [bids[0]?.price, asks[0]?.price];
  if (bid === undefined || ask === undefined) return texts.noBook;
  const decimals = bookDecimals([bid, ask]);
  return (
    <>
      {texts.spread} {format.fixed(ask - bid, decimals)} ·{' '}
      {format.smallShare((ask - bid) / ((ask + bid) / 2))}
    </>
  );
}
