import { useTexts } from '../i18n/Texts';
import css from './ReliabilityCard.module.css';

interface IntervalProps {
  readonly name: string;
  readonly hint: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly scale: readonly [number, number];
  readonly write: (value: number) => string;
}

/** A measured figure over its 95 % interval: how sure it is can be seen before it is read. */
export function Interval({ name, hint, value, low, high, scale, write }: IntervalProps) {
  const { reliability: texts } = useTexts().eye;
  const [from, to] = scale;
  const place = (figure: number) => Math.min(100, Math.max(0, ((figure - from) / (to - from)) * 100));
  const hasInterval = value !== null && low !== null && high !== null;
  return (
    <div className={css['rate']}>
      <dt title={hint}>{name}</dt>
      <dd>{value === null ? '–' : write(value)}</dd>
      {hasInterval && (
        <dd className={css['interval']} title={texts.interval}>
          <span className={css['scale']} aria-hidden="true">
            <span className={css['bar']} style={{ left: `${place(low)}%`, right: `${100 - place(high)}%` }} />
            {from < 0 && <span className={css['zero']} />}
            <span className={css['point']} style={{ left: `${place(value)}%` }} />
          </span>
          <span className={css['ends']}>{texts.range(write(low), write(high))}</span>
        </dd>
      )}
    </div>
  );
}
