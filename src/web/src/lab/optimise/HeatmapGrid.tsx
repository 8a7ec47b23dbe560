import { type KeyboardEvent, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { Schemas } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { againPath, type Optimisation, type Run } from '../kinds';
import lab from '../Lab.module.css';
import { useWrite } from '../result/useWrite';
import { useLabTexts } from '../useLabTexts';
import { bestOf } from './bestOf';
import { legendOf, shadeOf, stepOfShade } from './colour';
import css from './Heatmap.module.css';
import { meaningOf, trialMeasureOf } from './trialMeasures';
import { useMeasureNames } from './useMeasureNames';

interface HeatmapGridProps {
  readonly run: Run;
  readonly of: Optimisation;
  readonly map: Schemas['HeatMapView'];
}

const roomForFigures = 16;
const roomForFiguresOnPhones = 5;

/** Cells that the pointer and the arrow keys read; the chosen one is said below, and can be run. */
export function HeatmapGrid({ run, of, map }: HeatmapGridProps) {
  const { optimiser: words } = useLabTexts();
  const names = useMeasureNames();
  const write = useWrite();
  const format = useFormat();
  const measure = trialMeasureOf(map.measure);
  const { unit, better, middle } = meaningOf(measure, of);
  const say = (value: number | null) => write(unit, value);
  const goodness = (value: number) => (better === 'less' ? -1 : 1) * (value - middle);
  const grid = useRef<HTMLTableElement>(null);
  const known = map.cells.flat().flatMap((value) => (value === null ? [] : [goodness(value)]));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const best = bestOf(map.cells, better);
  const [[row = 0, column = 0], setAt] = useState<readonly number[]>(best ?? [0, 0]);
  const steer = (event: KeyboardEvent) => {
    const [down, right] = moves[event.key] ?? [0, 0];
    if (down === 0 && right === 0) return;
    event.preventDefault();
    const next = [
      clamp(row + down, map.y.values.length),
      clamp(column + right, map.x.values.length),
    ] as const;
    setAt(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next[0]} ${next[1]}"]`)?.focus();
  };
  const [x, y] = [map.x.values[column], map.y.values[row]];
  const value = map.cells[row]?.[column] ?? null;
  const hasRoom = map.x.values.length <= roomForFigures;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div className={css['scroll']} tabIndex={0}>
        <table
          ref={grid}
          className={css['map']}
          data-dense={map.x.values.length > roomForFiguresOnPhones || undefined}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the arrow keys walk through its cells.
          role="grid"
          aria-label={words.mapOf(names[measure], map.x.name, map.y.name)}
          data-own-keys=""
          onKeyDown={steer}
        >
          <thead>
            <tr>
              <td className={css['corner']}>
                <span>
                  {map.y.name} ↓ · {map.x.name} →
                </span>
              </td>
              {map.x.values.map((one) => (
                <th key={one} scope="col">
                  {one}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {map.y.values.map((one, i) => (
              <tr key={one}>
                <th scope="row">{one}</th>
                {map.x.values.map((other, j) => {
                  const cell = map.cells[i]?.[j] ?? null;
                  const isAt = i === row && j === column;
                  return (
                    <td
                      key={other}
                      tabIndex={isAt ? 0 : -1}
                      data-cell={`${i} ${j}`}
                      data-step={cell === null ? 'none' : stepOfShade(shadeOf(goodness(cell), low, high))}
                      data-best={(i === best?.[0] && j === best[1]) || undefined}
                      data-at={isAt || undefined}
                      aria-label={`${map.x.name} ${other}, ${map.y.name} ${one}: ${say(cell)}`}
                      title={`${map.x.name} ${other} · ${map.y.name} ${one} · ${say(cell)}`}
                      onFocus={() => setAt([i, j])}
                      onMouseEnter={() => setAt([i, j])}
                    >
                      {hasRoom && <span>{say(cell)}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={css['legend']} aria-hidden="true">
        {known.length > 0 &&
          legendOf(low, high).map(({ step, value: shown }) => (
            <span key={step}>
              <i data-step={step} />
              {say(shown + middle)}
            </span>
          ))}
        <span>
          <i data-step="none" />
          {words.noFigure}
        </span>
        {best && (
          <span>
            <i className={css['bestKey']} />
            {words.bestCell}
          </span>
        )}
      </div>
      {x !== undefined && y !== undefined && (
        <p className={css['said']} data-said="">
          {map.x.name} <b>{x}</b> · {map.y.name} <b>{y}</b> · {names[measure]} <b>{say(value)}</b> ·{' '}
          {words.outOf[map.pick === 'best' ? 'best' : 'median'](format.count(map.counts[row]?.[column] ?? 0))}
          <Link
            className={lab['end']}
            href={againPath('/backtest', run.backtestId, { [map.x.name]: x, [map.y.name]: y })}
          >
            {words.openAsRun}
          </Link>
        </p>
      )}
    </>
  );
}

const moves: { readonly [key: string]: readonly [down: number, right: number] } = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const clamp = (place: number, count: number): number => Math.max(0, Math.min(count - 1, place));
