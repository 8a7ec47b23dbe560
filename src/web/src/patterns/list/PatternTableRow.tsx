import { memo, useState } from 'react';
import { useLocation } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { splitSymbol } from '../../market/symbols';
import table from '../../parts/Table.module.css';
import { Age } from '../../records/Age';
import records from '../../records/Records.module.css';
import { chartAt } from '../chartAt';
import { DirectionMark } from '../DirectionMark';
import { Measured } from '../Measured';
import { Strength } from '../Strength';
import type { Pattern } from './filter';
import { PatternState } from './PatternState';

interface PatternTableRowProps {
  readonly pattern: Pattern;
  readonly isChosen: boolean;
  readonly onChoose: (id: number) => void;
}

/** Drawn anew only when its own pattern changed, or was chosen. */
export const PatternTableRow = memo(
  Row,
  (before, now) => before.pattern === now.pattern && before.isChosen === now.isChosen,
);

function Row({ pattern, isChosen, onChoose }: PatternTableRowProps) {
  const { eye } = useTexts();
  const format = useFormat();
  const [, navigate] = useLocation();
  const [isNew] = useState(() => Date.now() - Date.parse(pattern.recordedAt) < 5_000);
  const { id, symbol, timeframe, kind, direction, zone } = pattern;
  const [base, quote] = splitSymbol(symbol);
  return (
    <tr
      className={records['row']}
      data-pattern={id}
      data-chosen={isChosen || undefined}
      data-new={isNew || undefined}
    >
      <th scope="row">
        <button
          type="button"
          className={records['pick']}
          data-pick
          aria-pressed={isChosen}
          onClick={() => onChoose(id)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !isChosen) return;
            event.preventDefault();
            navigate(chartAt(symbol, timeframe, { pattern: id }));
          }}
        >
          {base}
          <span className={records['quote']}>/{quote}</span>
          <span className="visually-hidden">
            {' '}
            {timeframe} {eye.directions[direction]} {eye.kinds[kind]}
          </span>
        </button>
      </th>
      <td className={records['age']}>
        <Age at={pattern.knownAt} />
      </td>
      <td className={table['spare']}>{timeframe}</td>
      <td title={`${eye.directions[direction]} · ${eye.kinds[kind]}`}>
        <DirectionMark direction={direction} text={eye.kindsShort[kind]} />
        <span className={records['narrow']}> {timeframe}</span>
      </td>
      <td className={`${table['number']} ${table['spare']}`}>
        {format.price(zone.bottom)} – {format.price(zone.top)}
      </td>
      <td className={table['number']}>
        <Strength value={pattern.strength} />
      </td>
      <td className={table['spare']}>
        <PatternState pattern={pattern} />
      </td>
      <td className={table['spare']}>
        <Measured record={pattern.record} />
      </td>
    </tr>
  );
}
