import { Link } from 'wouter';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { Freshness } from '../market/Freshness';
import { splitSymbol } from '../market/symbols';
import { DataTable } from '../parts/DataTable';
import { Panel } from '../parts/Panel';
import table from '../parts/Table.module.css';
import { chartAt } from '../patterns/chartAt';
import { DirectionMark } from '../patterns/DirectionMark';
import { Strength } from '../patterns/Strength';
import records from '../records/Records.module.css';
import { useMatrix } from './matrix/useMatrix';
import { type Found, newestOf } from './newest';
import css from './side/Side.module.css';

const most = 8;

/** What was found last, as it comes in. */
export function NewestPanel() {
  const { dashboard: texts, patterns: words, records: lists } = useTexts().pages;
  const { data } = useMatrix();
  if (data === undefined) return null;
  const found = newestOf(data.rows).slice(0, most);
  return (
    <Panel title={texts.newest} note={texts.newestNote} action={<Link href="/patterns">{words.title}</Link>}>
      {found.length === 0 ? (
        <p className={css['none']}>{texts.noNewest}</p>
      ) : (
        <DataTable>
          <thead>
            <tr>
              <th scope="col">{lists.symbol}</th>
              <th scope="col">{words.kind}</th>
              <th scope="col" className={table['spare']}>
                {lists.direction}
              </th>
              <th scope="col" className={`${table['number']} ${table['spare']}`}>
                {words.zone}
              </th>
              <th scope="col" className={table['number']}>
                {words.strength}
              </th>
              <th scope="col" className={table['number']}>
                {words.known}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((one) => (
              <Row key={one.patternId} found={one} />
            ))}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}

function Row({ found }: { readonly found: Found }) {
  const { eye } = useTexts();
  const format = useFormat();
  const { symbol, timeframe, kind, direction, zone, strength, patternId } = found;
  const [base, quote] = splitSymbol(symbol);
  return (
    <tr className={records['row']} data-new>
      <th scope="row">
        <Link href={chartAt(symbol, timeframe, { pattern: patternId })} className={records['pick']}>
          {base}
          <span className={records['quote']}>/{quote}</span>
        </Link>
      </th>
      <td>
        {timeframe} · {eye.kindsShort[kind]}
      </td>
      <td className={table['spare']}>
        <DirectionMark direction={direction} />
      </td>
      <td className={`${table['number']} ${table['spare']}`}>
        {zone && `${format.price(zone.bottom)} – ${format.price(zone.top)}`}
      </td>
      <td className={table['number']}>
        <Strength value={strength ?? 0} />
      </td>
      <td className={table['number']}>
        <Freshness at={found.knownAt} isPast />
      </td>
    </tr>
  );
}
