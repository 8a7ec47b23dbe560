import { memo, useState } from 'react';
import { useLocation } from 'wouter';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { splitSymbol } from '../market/symbols';
import table from '../parts/Table.module.css';
import { DirectionMark } from '../patterns/DirectionMark';
import { Measured } from '../patterns/Measured';
import { Age } from '../records/Age';
import records from '../records/Records.module.css';
import type { Signal } from './filter';
import { HashLink } from './HashLink';
import { Outcome } from './Outcome';
import { SignalStatus } from './SignalStatus';

interface SignalTableRowProps {
  readonly signal: Signal;
  readonly isChosen: boolean;
  readonly onChoose: (id: number) => void;
}

/** Drawn anew only when its own signal changed, or was chosen. */
export const SignalTableRow = memo(
  Row,
  (before, now) => before.signal === now.signal && before.isChosen === now.isChosen,
);

function Row({ signal, isChosen, onChoose }: SignalTableRowProps) {
  const { eye, pages } = useTexts();
  const format = useFormat();
  const [, navigate] = useLocation();
  const [isNew] = useState(() => Date.now() - Date.parse(signal.issuedAt) < 5_000);
  const [base, quote] = splitSymbol(signal.symbol);
  const side = signal.direction === 'bullish' ? eye.sides.buy : eye.sides.sell;
  const spare = `${table['number']} ${table['spare']}`;
  return (
    <tr
      className={records['row']}
      data-signal={signal.id}
      data-chosen={isChosen || undefined}
      data-new={isNew || undefined}
    >
      <th scope="row">
        <button
          type="button"
          className={records['pick']}
          data-pick
          aria-pressed={isChosen}
          onClick={() => onChoose(signal.id)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !isChosen) return;
            event.preventDefault();
            navigate(`/signals/${signal.id}`);
          }}
        >
          <DirectionMark direction={signal.direction} text={side} /> {base}
          <span className={records['quote']}>/{quote}</span>
        </button>
      </th>
      <td className={table['spare']} title={signal.strategy ?? eye.origins[signal.origin]}>
        {signal.class === null ? (signal.strategy ?? eye.origins[signal.origin]) : eye.classes[signal.class]}
      </td>
      <td className={records['roomy']}>
        <Measured record={signal.record} />
      </td>
      <td className={spare}>{format.price(signal.entry)}</td>
      <td className={spare}>{format.price(signal.stopLoss)}</td>
      <td className={spare} title={signal.targets.map(format.price).join(' · ')}>
        {format.price(signal.takeProfit)}
        {signal.targets.length > 1 && pages.signals.moreTargets(String(signal.targets.length - 1))}
      </td>
      <td className={spare}>{format.share(signal.riskPercent / 100)}</td>
      <td>
        <SignalStatus signal={signal} />
      </td>
      <td className={table['number']}>
        <Outcome r={signal.outcomeR} />
      </td>
      <td className={spare}>
        <Age at={signal.issuedAt} />
      </td>
      <td className={spare}>
        <Age at={signal.validUntil} />
      </td>
      <td className={table['spare']}>
        <HashLink signal={signal} />
      </td>
    </tr>
  );
}
