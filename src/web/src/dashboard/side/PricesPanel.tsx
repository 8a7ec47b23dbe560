import { Link } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import { Change } from '../../market/Change';
import { useFavourites } from '../../market/favourites';
import { LivePrice } from '../../market/LivePrice';
import { arrange, parseListing } from '../../market/list/listing';
import { Sparkline } from '../../market/list/Sparkline';
import { chartPath, splitSymbol } from '../../market/symbols';
import { useMarkets } from '../../market/useMarkets';
import { Failure } from '../../parts/Failure';
import { Panel } from '../../parts/Panel';
import { Skeleton } from '../../parts/Skeleton';
import css from './Side.module.css';

const most = 8;
const byVolume = parseListing(new URLSearchParams());

/** The markets that are traded most, favourites first. */
export function PricesPanel() {
  const { markets, pages } = useTexts();
  const { dashboard: texts } = pages;
  const favourites = useFavourites();
  const { data, error, refetch } = useMarkets();
  const rows = data && arrange(data.markets, byVolume, favourites).slice(0, most);
  return (
    <Panel title={texts.prices} action={<Link href="/markets">{texts.allMarkets}</Link>}>
      {rows === undefined ? (
        error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : (
          <div className={css['waiting']}>
            <Skeleton width={200} />
          </div>
        )
      ) : rows.length === 0 ? (
        <p className={css['none']}>{markets.noSource}</p>
      ) : (
        <table className={css['table']}>
          <thead>
            <tr>
              <th scope="col">{markets.symbol}</th>
              <th scope="col">{markets.price}</th>
              <th scope="col">{markets.change24h}</th>
              <th scope="col">
                <span className="visually-hidden">{markets.day}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const [base, quote] = splitSymbol(row.symbol);
              return (
                <tr key={row.symbol}>
                  <th scope="row">
                    <Link href={chartPath(row.symbol)}>
                      {base}
                      <span className={css['quote']}>/{quote}</span>
                    </Link>
                  </th>
                  <td className={css['figure']}>
                    <LivePrice price={row.price} />
                  </td>
                  <td className={css['figure']}>
                    <Change ratio={row.change24h} />
                  </td>
                  <td>
                    <Sparkline
                      closes={row.sparkline}
                      now={row.price}
                      change={row.change24h}
                      label={markets.sparkline(row.symbol)}
                      width={64}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
