import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useFormat } from '../../format/useFormat';
import { readColours } from '../../market/chart/drawing/colours';
import { offsetOf } from '../../market/chart/drawing/zone';
import { useAxisTexts } from '../../market/chart/useAxisTexts';
import { useTheme } from '../../preferences/store';
import { useLabTexts } from '../useLabTexts';
import css from './Curve.module.css';
import { type Curve, CurveView } from './CurveView';
import { cssColour } from './cssColour';
import { valueAt } from './valueAt';

export interface CurveStageProps {
  readonly label: string;
  readonly curves: readonly Curve[];
  /** How values of the upper and of the lower pane are written. */
  readonly value: (pane: 0 | 1, value: number) => string;
  readonly height?: number;
}

export function CurveStage({ label, curves, value, height = 360 }: CurveStageProps) {
  const { curves: words } = useLabTexts();
  const format = useFormat();
  const { tick, moment } = useAxisTexts();
  const theme = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<CurveView>(null);
  const [point, setPoint] = useState<number | null>(null);
  const write = useRef(value);
  useEffect(() => {
    write.current = value;
  });
  useLayoutEffect(() => {
    if (host.current === null) return;
    const made = new CurveView(host.current, readColours(host.current), setPoint);
    view.current = made;
    return () => {
      view.current = null;
      made.remove();
    };
  }, []);
  useEffect(
    () =>
      view.current?.speak({
        value: (pane, one) => write.current(pane, one),
        moment,
        tick,
        offset: offsetOf(format.style.timeZone),
      }),
    [moment, tick, format],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what the colours are read under.
  useEffect(() => {
    if (host.current) view.current?.paint(readColours(host.current));
  }, [theme]);
  useEffect(() => view.current?.show(curves), [curves]);
  const upper = useMemo(() => curves.filter(({ pane }) => pane === 0), [curves]);
  return (
    <>
      <ul className={css['legend']}>
        {upper.map((curve) => {
          const shown = valueAt(curve.points, point);
          return (
            <li key={curve.id}>
              <i
                className={css['stroke']}
                data-dashed={curve.isDashed}
                style={{ color: cssColour(curve.colour) }}
              />
              {curve.name}
              {shown !== null && <b>{value(0, shown)}</b>}
            </li>
          );
        })}
        <li className={css['at']}>{point === null ? '' : moment(new Date(point))}</li>
      </ul>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a picture that the keyboard moves. */}
      <div
        className={css['chart']}
        style={{ height }}
        role="group"
        aria-label={`${label}. ${words.keys}`}
        data-curves={upper.map(({ id }) => id).join(' ')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move through time.
        tabIndex={0}
        onKeyDown={(event) => steer(event, view.current)}
      >
        <div ref={host} className={css['canvas']} aria-hidden="true" />
      </div>
      <ul className="visually-hidden">
        {upper.map((curve) => (
          <li key={curve.id}>{summary(curve, value, (time) => moment(new Date(time)), words.summary)}</li>
        ))}
      </ul>
    </>
  );
}

function summary(
  { name, points }: Curve,
  value: CurveStageProps['value'],
  moment: (time: number) => string,
  say: (name: string, from: string, start: string, to: string, end: string) => string,
): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return name;
  return say(name, moment(first[0]), value(0, first[1]), moment(last[0]), value(0, last[1]));
}

function steer(event: KeyboardEvent, view: CurveView | null): void {
  if (view === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'ArrowLeft') view.scroll(-0.1);
  else if (event.key === 'ArrowRight') view.scroll(0.1);
  else if (event.key === '+' || event.key === '=') view.zoom(1.4);
  else if (event.key === '-') view.zoom(1 / 1.4);
  else if (event.key === '0' || event.key === 'Home') view.fit();
  else return;
  event.preventDefault();
}
