import { ArrowDown, ArrowUp, ListX } from 'lucide-react';
import { useRef, useState } from 'react';
import { useFormat } from '../../format/useFormat';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import records from '../../records/Records.module.css';
import { useRowKeys } from '../../records/useRowKeys';
import lab from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import css from './Trades.module.css';
import { everyTrade, type ListedTrade, listed, type Sorting, type TradeFilter } from './tradeList';

interface TradeTableProps {
  readonly trades: readonly (ListedTrade & { readonly fees: number; readonly quantity: number })[];
  readonly chosen: number | null;
  readonly onChoose: (number: number) => void;
  /** What is said where there is no trade at all. */
  readonly none?: string;
}

const perPage = 25;

export function TradeTable({ trades, chosen, onChoose, none }: TradeTableProps) {
  const { trades: words, pager } = useLabTexts();
  const format = useFormat();
  const [filter, setFilter] = useState<TradeFilter>(everyTrade);
  const [order, setOrder] = useState<{ by: Sorting; isDown: boolean }>({ by: 'number', isDown: true });
  const [page, setPage] = useState(0);
  const list = useRef<HTMLTableSectionElement>(null);
  useRowKeys(list);
  const isEmpty = trades.length === 0;
  const found = listed(trades, filter, order.by, order.isDown);
  const pages = Math.max(1, Math.ceil(found.length / perPage));
  const at = Math.min(page, pages - 1);
  const shown = found.slice(at * perPage, (at + 1) * perPage);
  const change = (next: TradeFilter) => {
    setFilter(next);
    setPage(0);
  };
  const sort = (by: Sorting) => {
    setOrder((now) => ({ by, isDown: now.by === by ? !now.isDown : true }));
    setPage(0);
  };
  const head = (by: Sorting, name: string) => (
    <SortHead
      isSorted={order.by === by}
      isDown={order.isDown}
      isNumber={by !== 'number'}
      onSort={() => sort(by)}
    >
      {name}
    </SortHead>
  );
  return (
    <Panel
      title={words.title}
      note={isEmpty ? undefined : words.count(format.count(found.length), format.count(trades.length))}
      action={isEmpty ? undefined : <Filter trades={trades} value={filter} onChange={change} />}
    >
      {shown.length === 0 ? (
        <Notice icon={ListX} title={isEmpty ? (none ?? words.none) : words.nothing} hint="">
          {!isEmpty && <Button onClick={() => change(everyTrade)}>{words.reset}</Button>}
        </Notice>
      ) : (
        <DataTable>
          <thead>
            <tr>
              {head('number', words.number)}
              <th scope="col">{words.side}</th>
              <th scope="col">{words.entry}</th>
              <th scope="col">{words.exit}</th>
              <th scope="col" className={table['number']}>
                {words.prices}
              </th>
              {head('profit', words.profit)}
              {head('return', words.return)}
              {head('bars', words.bars)}
              <th scope="col">{words.reason}</th>
            </tr>
          </thead>
          <tbody ref={list}>
            {shown.map((trade) => (
              <TradeRow
                key={trade.number}
                of={trade}
                isChosen={trade.number === chosen}
                onChoose={() => onChoose(trade.number)}
              />
            ))}
          </tbody>
        </DataTable>
      )}
      {pages > 1 && (
        <div className={lab['pager']}>
          <Button disabled={at === 0} onClick={() => setPage(at - 1)}>
            {pager.back}
          </Button>
          <Button disabled={at >= pages - 1} onClick={() => setPage(at + 1)}>
            {pager.on}
          </Button>
          <span role="status">{pager.page(format.count(at + 1), format.count(pages))}</span>
        </div>
      )}
    </Panel>
  );
}

interface SortHeadProps {
  readonly isSorted: boolean;
  readonly isDown: boolean;
  readonly isNumber: boolean;
  readonly onSort: () => void;
  readonly children: string;
}

function SortHead({ isSorted, isDown, isNumber, onSort, children }: SortHeadProps) {
  const Arrow = isDown ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={isNumber ? table['number'] : undefined}
      aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className={css['sort']} onClick={onSort}>
        {children}
        {isSorted && <Arrow size={12} aria-hidden="true" />}
      </button>
    </th>
  );
}

interface TradeRowProps {
  readonly of: TradeTableProps['trades'][number];
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function TradeRow({ of, isChosen, onChoose }: TradeRowProps) {
  const { trades: words } = useLabTexts();
  const format = useFormat();
  const reasons: { readonly [reason: string]: string } = words.reasons;
  const sides: { readonly [side: string]: string } = words.sides;
  const way = of.profit > 0 ? lab['rise'] : of.profit < 0 ? lab['fall'] : '';
  return (
    <tr className={records['row']} data-trade={of.number} data-chosen={isChosen || undefined}>
      <th scope="row">
        <button
          type="button"
          className={records['pick']}
          data-pick=""
          aria-pressed={isChosen}
          onClick={onChoose}
        >
          {of.number}
        </button>
      </th>
      <td>{sides[of.side] ?? of.side}</td>
      <td>
        <Instant at={of.entryAt} />
      </td>
      <td>{of.exitAt === null ? words.open : <Instant at={of.exitAt} />}</td>
      <td className={table['number']}>
        {format.price(of.entryPrice)}
        {of.exitPrice !== null && ` → ${format.price(of.exitPrice)}`}
      </td>
      <td className={`${table['number']} ${way}`} title={words.feesOf(format.fixed(of.fees, 2))}>
        {signed(of.profit, (value) => format.fixed(value, 2))}
      </td>
      <td className={`${table['number']} ${way}`}>{format.change(of.return)}</td>
      <td className={table['number']}>{format.count(of.bars)}</td>
      <td>
        {reasons[of.reason] ?? of.reason}
        {of.ambiguous && (
          <span className={css['ambiguous']} title={words.ambiguousHint}>
            {words.ambiguous}
          </span>
        )}
      </td>
    </tr>
  );
}

const signed = (value: number, write: (value: number) => string): string =>
  value > 0 ? `+${write(value)}` : write(value);

interface FilterProps {
  readonly trades: readonly ListedTrade[];
  readonly value: TradeFilter;
  readonly onChange: (filter: TradeFilter) => void;
}

function Filter({ trades, value, onChange }: FilterProps) {
  const { trades: words } = useLabTexts();
  const reasons: { readonly [reason: string]: string } = words.reasons;
  const found = [...new Set(trades.map(({ reason }) => reason))].sort();
  return (
    <span className={lab['tools']}>
      <select
        aria-label={words.side}
        value={value.side}
        onChange={({ target }) => onChange({ ...value, side: target.value as TradeFilter['side'] })}
      >
        <option value="">{words.anySide}</option>
        <option value="long">{words.sides.long}</option>
        <option value="short">{words.sides.short}</option>
      </select>
      <select
        aria-label={words.outcome}
        value={value.outcome}
        onChange={({ target }) => onChange({ ...value, outcome: target.value as TradeFilter['outcome'] })}
      >
        <option value="">{words.anyOutcome}</option>
        <option value="won">{words.won}</option>
        <option value="lost">{words.lost}</option>
        <option value="ambiguous">{words.ambiguous}</option>
      </select>
      <select
        aria-label={words.reason}
        value={value.reason}
        onChange={({ target }) => onChange({ ...value, reason: target.value })}
      >
        <option value="">{words.anyReason}</option>
        {found.map((reason) => (
          <option key={reason} value={reason}>
            {reasons[reason] ?? reason}
          </option>
        ))}
      </select>
    </span>
  );
}
