import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import css from './LatencyChart.module.css';
import { type LatencySample, roundCeiling, traceLine } from './latencyHistory';

const width = 600;
const height = 96;

/** Three percentiles since the page was opened, against one scale. */
export function LatencyChart({ history }: { readonly history: readonly LatencySample[] }) {
  const texts = useTexts().status;
  const format = useFormat();
  const top = roundCeiling(Math.max(0, ...history.map((sample) => sample.p99)));
  const box = { width, height, top };
  const hasLine = history.length > 1;
  return (
    <figure className={css['chart']}>
      <figcaption className="visually-hidden">{texts.chart}</figcaption>
      <span className={css['scale']} aria-hidden="true">
        {hasLine ? format.milliseconds(top) : ''}
      </span>
      {!hasLine && <p className={css['empty']}>{texts.chartGrows}</p>}
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <line className={css['rule']} x1="0" x2={width} y1="0.5" y2="0.5" />
        <line className={css['rule']} x1="0" x2={width} y1={height / 2} y2={height / 2} />
        <line className={css['rule']} x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
        <polyline
          className={css['p99']}
          points={hasLine ? traceLine(history, (sample) => sample.p99, box) : ''}
        />
        <polyline
          className={css['p95']}
          points={hasLine ? traceLine(history, (sample) => sample.p95, box) : ''}
        />
        <polyline
          className={css['p50']}
          points={hasLine ? traceLine(history, (sample) => sample.p50, box) : ''}
        />
      </svg>
    </figure>
  );
}
