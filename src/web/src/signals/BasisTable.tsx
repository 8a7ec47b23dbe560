import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { DataTable } from '../parts/DataTable';
import { Instant } from '../parts/Instant';
import { Panel } from '../parts/Panel';
import table from '../parts/Table.module.css';
import { chartAt } from '../patterns/chartAt';
import { codeOf, patternKinds } from '../patterns/kinds';
import { Measured } from '../patterns/Measured';
import { Strength } from '../patterns/Strength';
import type { Signal } from './filter';

/** The patterns a signal rests on, each with its own record. */
export function BasisTable({ signal }: { readonly signal: Signal }) {
  const { patterns: texts, records: words, signals } = useTexts().pages;
  if (signal.basis.length === 0) return null;
  return (
    <Panel title={signals.basis} note={signals.basisNote}>
      <DataTable>
        <thead>
          <tr>
            <th scope="col">{words.timeframe}</th>
            <th scope="col">{texts.kind}</th>
            <th scope="col" className={`${table['number']} ${table['spare']}`}>
              {texts.zone}
            </th>
            <th scope="col" className={table['number']}>
              {texts.strength}
            </th>
            <th scope="col">{texts.measured}</th>
            <th scope="col" className={table['spare']}>
              {texts.knownSince}
            </th>
          </tr>
        </thead>
        <tbody>
          {signal.basis.map((basis) => (
            <Row key={`${basis.timeframe} ${basis.knownAt}`} basis={basis} symbol={signal.symbol} />
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}

interface RowProps {
  readonly basis: Schemas['BasisView'];
  readonly symbol: string;
}

function Row({ basis, symbol }: RowProps) {
  const { eye } = useTexts();
  const format = useFormat();
  const kind = patternKinds.find((one) => codeOf[one] === basis.code);
  return (
    <tr>
      <th scope="row">
        <Link href={chartAt(symbol, basis.timeframe)}>{basis.timeframe}</Link>
      </th>
      <td>{kind === undefined ? basis.code : eye.kinds[kind]}</td>
      <td className={`${table['number']} ${table['spare']}`}>
        {format.price(basis.zone.bottom)} – {format.price(basis.zone.top)}
      </td>
      <td className={table['number']}>
        <Strength value={basis.strength} />
      </td>
      <td>
        <Measured record={basis.record} />
      </td>
      <td className={table['spare']}>
        <Instant at={basis.knownAt} />
      </td>
    </tr>
  );
}
