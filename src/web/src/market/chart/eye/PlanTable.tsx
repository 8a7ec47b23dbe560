import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import { multipleOf } from '../overlay/plan';
import css from './Eye.module.css';

interface PlanTableProps {
  readonly entry: number;
  readonly stop: number;
  readonly targets: readonly number[];
  readonly riskPercent: number;
  readonly entersAtOnce: boolean;
  readonly targetsHit?: number;
}

/** Prices of a trade, the furthest target first, as they lie on the chart. */
export function PlanTable({
  entry,
  stop,
  targets,
  riskPercent,
  entersAtOnce,
  targetsHit = 0,
}: PlanTableProps) {
  const { why: texts } = useTexts().eye;
  const format = useFormat();
  const risk = Math.abs(entry - stop);
  const rows = [
    ...targets.map((price, i) => ({
      name: texts.target(multipleOf(price, entry, risk)),
      price,
      kind: 'target',
      isReached: i < targetsHit,
    })),
    { name: texts.entry, price: entry, kind: 'entry', isReached: false },
    { name: texts.stop, price: stop, kind: 'stop', isReached: false },
  ].sort((one, other) => other.price - one.price);
  return (
    <>
      <table className={css['plan']}>
        <tbody>
          {rows.map(({ name, price, kind, isReached }) => (
            <tr key={`${kind} ${price}`} data-kind={kind}>
              <th scope="row">
                {name}
                {isReached && ' ✓'}
              </th>
              <td>{format.price(price)}</td>
              <td>{kind === 'entry' ? '' : format.change(price / entry - 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css['hint']}>
        {texts.risk} {format.share(riskPercent / 100)}. {entersAtOnce ? texts.atOnce : texts.waits}{' '}
        {texts.planHint}
      </p>
    </>
  );
}
