import { CalendarSearch } from 'lucide-react';
import { useState } from 'react';
import { priceDecimals } from '../../format/number';
import { useFormat } from '../../format/useFormat';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import type { Range } from './useRange';

const perPage = 50;

/** Every candle of the range, newest first; where one is missing, the row says so. */
export function CandlePanel({ range, step }: { readonly range: Range; readonly step: number }) {
  const { data: words, pager } = useLabTexts();
  const format = useFormat();
  const [page, setPage] = useState(0);
  const { closed } = range;
  if (closed.length === 0)
    return (
      <Panel title={words.candles}>
        <Notice icon={CalendarSearch} title={words.none} hint={words.noneHint} />
      </Panel>
    );
  const pages = Math.ceil(closed.length / perPage);
  const end = closed.length - Math.min(page, pages - 1) * perPage;
  const shown = closed.slice(Math.max(0, end - perPage), end).reverse();
  const decimals = priceDecimals(closed.at(-1)?.close ?? 0);
  const price = (value: number) => format.fixed(value, decimals);
  return (
    <Panel title={words.candles} note={words.count(format.count(closed.length))}>
      <DataTable>
        <thead>
          <tr>
            <th scope="col">{words.open}</th>
            <th scope="col" className={table['number']}>
              {words.columns.open}
            </th>
            <th scope="col" className={table['number']}>
              {words.columns.high}
            </th>
            <th scope="col" className={table['number']}>
              {words.columns.low}
            </th>
            <th scope="col" className={table['number']}>
              {words.columns.close}
            </th>
            <th scope="col" className={table['number']}>
              {words.columns.change}
            </th>
            <th scope="col" className={table['number']}>
              {words.columns.volume}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((candle, i) => {
            const before = shown[i + 1];
            const missing = before === undefined ? 0 : (candle.time - before.time) / step - 1;
            return (
              <tr key={candle.time} data-candle={candle.time}>
                <th scope="row">
                  <Instant at={new Date(candle.time).toISOString()} />
                  {missing > 0 && (
                    <span className={table['under']}>{words.missingBefore(format.count(missing))}</span>
                  )}
                </th>
                <td className={table['number']}>{price(candle.open)}</td>
                <td className={table['number']}>{price(candle.high)}</td>
                <td className={table['number']}>{price(candle.low)}</td>
                <td className={table['number']}>{price(candle.close)}</td>
                <td
                  className={`${table['number']} ${candle.close >= candle.open ? css['rise'] : css['fall']}`}
                >
                  {format.change(candle.close / candle.open - 1)}
                </td>
                <td className={table['number']} title={format.figure(candle.volume)}>
                  {format.compact(candle.volume)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </DataTable>
      <div className={css['pager']}>
        <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
          {pager.newer}
        </Button>
        <Button disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>
          {pager.older}
        </Button>
        <span role="status">{pager.page(format.count(page + 1), format.count(pages))}</span>
      </div>
    </Panel>
  );
}
