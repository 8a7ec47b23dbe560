import { formatUtc } from '../../../format/time';
import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import { bookDecimals, quantityDecimals, type Trade } from './book';
import css from './LastTrades.module.css';
import { SidePart } from './SidePart';

const rows = 12;

export function LastTrades({ trades }: { readonly trades: readonly Trade[] | undefined }) {
  const { chart: texts } = useTexts();
  const format = useFormat();
  const shown = trades?.slice(0, rows) ?? [];
  const prices = bookDecimals(shown.map(({ price }) => price));
  const quantities = quantityDecimals(shown.map(({ quantity }) => quantity));
  return (
    <SidePart title={texts.trades}>
      <table className={css['trades']} style={{ height: 22 + rows * 20 }}>
        <thead>
          <tr>
            <th scope="col">{texts.price}</th>
            <th scope="col">{texts.quantity}</th>
            <th scope="col">{texts.time}</th>
          </tr>
        </thead>
        <tbody>
          {trades?.length === 0 && (
            <tr>
              <td colSpan={3} className={css['none']}>
                {texts.noTrades}
              </td>
            </tr>
          )}
          {shown.map((trade) => (
            <tr key={trade.id}>
              <td className={css['price']} data-side={trade.side}>
                <span aria-hidden="true">{trade.side === 'buy' ? '▲' : '▼'}</span>
                <span className="visually-hidden">
                  {trade.side === 'buy' ? texts.sides.buy : texts.sides.sell}
                </span>
                {format.fixed(trade.price, prices)}
              </td>
              <td>{format.fixed(trade.quantity, quantities)}</td>
              <td className={css['time']}>
                <time dateTime={trade.at} title={formatUtc(new Date(trade.at))}>
                  {format.timeOfDay(new Date(trade.at))}
                </time>
              </td>
            </tr>
          ))}
          <tr>
            <td colSpan={3} className={css['rest']} />
          </tr>
        </tbody>
      </table>
    </SidePart>
  );
}
