import css from './Sparkline.module.css';

const height = 24;

interface SparklineProps {
  /** Closes of the last day, oldest first. */
  readonly closes: readonly number[];
  readonly now: number | null;
  /** Over the whole day: what the colour repeats. */
  readonly change: number | null;
  readonly label: string;
  readonly width?: number;
}

/** The day in one stroke. */
export function Sparkline({ closes, now, change, label, width = 96 }: SparklineProps) {
  const values = now === null ? closes : [...closes, now];
  const rise = change ?? (values.at(-1) ?? 0) - (values[0] ?? 0);
  return (
    <svg
      className={css['line']}
      data-way={rise >= 0 ? 'up' : 'down'}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {values.length > 1 && <path d={trace(values, width)} />}
    </svg>
  );
}

function trace(values: readonly number[], width: number): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  return values
    .map((value, i) => {
      const x = (i / (values.length - 1)) * (width - 2) + 1;
      const y = height - 3 - ((value - low) / span) * (height - 6);
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
