import type { LearnTexts } from '../i18n/learn/english';
import type { Bar, Drawing, Mark } from './drawings';
import css from './Learn.module.css';

const [width, height] = [800, 340];
const margin = { top: 26, right: 116, bottom: 26, left: 12 };

interface PictureProps {
  readonly drawing: Drawing;
  readonly texts: LearnTexts['marks'];
  readonly label: string;
}

/** Candles, zone and plan of an example, drawn. */
export function Picture({ drawing, texts, label }: PictureProps) {
  const { bars, zone, marks, level, plan } = drawing;
  const prices = [...bars.flatMap(([, high, low]) => [high, low]), plan.stop, plan.target];
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const step = (width - margin.left - margin.right) / bars.length;
  const x = (index: number) => margin.left + (index + 0.5) * step;
  const y = (price: number) =>
    margin.top + ((high - price) / (high - low)) * (height - margin.top - margin.bottom);
  const end = width - margin.right;
  const start = x(plan.from) - step / 2;
  const line = (mark: Mark, price: number) => (
    <g className={css[mark]}>
      <line x1={start} x2={end} y1={y(price)} y2={y(price)} />
      <text x={end + 8} y={y(price) + 4}>
        {texts[mark]}
      </text>
    </g>
  );
  return (
    <svg className={css['picture']} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <title>{label}</title>
      <rect
        className={css['zone']}
        x={x(zone.from) - step / 2}
        width={end - x(zone.from) + step / 2}
        y={y(zone.top)}
        height={y(zone.bottom) - y(zone.top)}
      />
      <ZoneName zone={zone} text={texts[zone.mark]} x={x(zone.from) - step / 2} y={y} />
      {level && (
        <g className={css['level']}>
          <line x1={x(level.from)} x2={x(level.to) + step / 2} y1={y(level.price)} y2={y(level.price)} />
          <text
            x={level.end === undefined ? x(level.from) + 4 : x(level.end) + step / 2 - 6}
            y={y(level.price) + (level.isBelow ? 17 : -7)}
            textAnchor={level.end === undefined ? 'start' : 'end'}
          >
            {texts[level.mark]}
          </text>
        </g>
      )}
      {line('target', plan.target)}
      {line('entry', plan.entry)}
      {line('stop', plan.stop)}
      {bars.map((bar, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the candles of a drawing never change places.
        <Candle key={i} bar={bar} x={x(i)} width={step * 0.56} y={y} />
      ))}
      {marks.map(({ at, mark, isAbove }) => {
        const bar = bars[at];
        return (
          bar && (
            <text
              key={mark}
              className={css['mark']}
              x={x(at)}
              y={isAbove ? y(bar[1]) - 8 : y(bar[2]) + 16}
              textAnchor="middle"
            >
              {texts[mark]}
            </text>
          )
        );
      })}
    </svg>
  );
}

interface ZoneNameProps {
  readonly zone: Drawing['zone'];
  readonly text: string;
  /** Where the zone begins. */
  readonly x: number;
  readonly y: (price: number) => number;
}

/** Beside the zone, above it or below it: where the drawing leaves room. */
function ZoneName({ zone, text, x, y }: ZoneNameProps) {
  const places = {
    before: { x: x - 8, y: (y(zone.top) + y(zone.bottom)) / 2 + 4, anchor: 'end' },
    below: { x, y: y(zone.bottom) + 17, anchor: 'start' },
    above: { x, y: y(zone.top) - 8, anchor: 'start' },
  } as const;
  const place = places[zone.name];
  return (
    <text className={css['zoneName']} x={place.x} y={place.y} textAnchor={place.anchor}>
      {text}
    </text>
  );
}

interface CandleProps {
  readonly bar: Bar;
  readonly x: number;
  readonly width: number;
  readonly y: (price: number) => number;
}

function Candle({ bar: [open, high, low, close], x, width: wide, y }: CandleProps) {
  const top = y(Math.max(open, close));
  return (
    <g className={css['candle']} data-way={close >= open ? 'up' : 'down'}>
      <line x1={x} x2={x} y1={y(high)} y2={y(low)} />
      <rect
        x={x - wide / 2}
        width={wide}
        y={top}
        height={Math.max(1, y(Math.min(open, close)) - top)}
        rx={1}
      />
    </g>
  );
}
