import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import type { Signal } from './filter';
import { ladderOf, type Rung } from './ladder';
import css from './Signals.module.css';

const height = 190;
const margin = 14;
const [left, right] = [112, 330];
const y = (rung: Rung) => margin + rung.place * (height - 2 * margin);

/** Entry, stop and targets, one above the other as prices are. */
export function PlanLadder({ signal }: { readonly signal: Signal }) {
  const { plan: texts } = useTexts().pages;
  const format = useFormat();
  const rungs = ladderOf(signal);
  const at = (kind: Rung['kind']) => rungs.filter((rung) => rung.kind === kind).map(y);
  const [entry = 0] = at('entry');
  const [stop = 0] = at('stop');
  const far = at('target').reduce(
    (most, one) => (Math.abs(one - entry) > Math.abs(most - entry) ? one : most),
    entry,
  );
  const name = ({ kind, index }: Rung) =>
    kind === 'entry' ? texts.entry : kind === 'stop' ? texts.stop : texts.target(String(index));
  const multiple = new Intl.NumberFormat(format.locale, {
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  return (
    <svg className={css['ladder']} viewBox={`0 0 420 ${height}`} role="img" aria-label={texts.picture}>
      <title>{texts.picture}</title>
      <Area className={css['loss']} from={entry} to={stop} />
      <Area className={css['gain']} from={entry} to={far} />
      {rungs.map((rung) => (
        <g key={`${rung.kind} ${rung.index}`}>
          <line
            className={css[rung.kind]}
            data-hit={rung.isHit || undefined}
            x1={left}
            x2={right}
            y1={y(rung)}
            y2={y(rung)}
          />
          <text className={css['label']} x={0} y={y(rung) + 4}>
            {name(rung)}
            {rung.isHit ? ' ✓' : ''}
          </text>
          <text x={right + 10} y={y(rung) + 4}>
            {format.price(rung.price)}
          </text>
          {rung.kind !== 'entry' && (
            <text x={right - 6} y={y(rung) - 4} textAnchor="end" className={css['label']}>
              {multiple.format(rung.r)} R
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

interface AreaProps {
  readonly className: string | undefined;
  readonly from: number;
  readonly to: number;
}

function Area({ className, from, to }: AreaProps) {
  return (
    <rect
      className={className}
      x={left}
      width={right - left}
      y={Math.min(from, to)}
      height={Math.abs(to - from)}
    />
  );
}
