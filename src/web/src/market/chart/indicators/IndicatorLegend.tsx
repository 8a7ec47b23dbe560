import { Settings2, X } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import css from './IndicatorLegend.module.css';
import { IndicatorSettings } from './IndicatorSettings';
import type { DrawnIndicator, IndicatorLine } from './lines';
import type { Use } from './uses';

interface IndicatorLegendProps {
  readonly indicator: DrawnIndicator;
  readonly pointed: number | null;
  /** Other settings; nothing means that it goes. */
  readonly onChange: (use: Use | null) => void;
}

/** An indicator's name and values where the crosshair stands, with its settings and its end. */
export function IndicatorLegend({ indicator, pointed, onChange }: IndicatorLegendProps) {
  const { chart: texts } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const { id, lines, use } = indicator;
  return (
    <div className={css['legend']} data-indicator={id}>
      <span className={css['name']}>{id}</span>
      {use.values.length > 0 && (
        <button
          type="button"
          className={css['action']}
          aria-label={texts.settingsOf(id)}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        >
          <Settings2 size={13} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        className={css['action']}
        aria-label={texts.removeOf(id)}
        onClick={() => onChange(null)}
      >
        <X size={13} aria-hidden="true" />
      </button>
      {/* Last: their width changes as the pointer leaves the chart, and nothing may slip from under a finger. */}
      {lines.map((line) => (
        <Value key={line.output} line={line} pointed={pointed} isPrice={indicator.isOverlay} />
      ))}
      {isOpen && <IndicatorSettings use={use} onSave={onChange} onClose={() => setOpen(false)} />}
    </div>
  );
}

interface ValueProps {
  readonly line: IndicatorLine;
  readonly pointed: number | null;
  readonly isPrice: boolean;
}

function Value({ line, pointed, isPrice }: ValueProps) {
  const format = useFormat();
  const value = valueAt(line, pointed);
  const colour = line.stroke === 'bars' ? 'text' : `series-${(line.colour % 8) + 1}`;
  return (
    <span className={css['value']} title={line.output} style={{ color: `var(--${colour})` }}>
      {value === undefined ? '–' : isPrice ? format.price(value) : format.figure(value)}
    </span>
  );
}

/** At the crosshair, else the newest. Points are in order of time. */
function valueAt({ points }: IndicatorLine, pointed: number | null): number | undefined {
  if (pointed === null) return points.at(-1)?.[1];
  let [low, high] = [0, points.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [time, value] = points[middle] ?? [Number.NaN, Number.NaN];
    if (time === pointed) return value;
    if (time < pointed) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
