import type { Curve } from '../curves/CurveView';

/** Rows of a curve as the server gives them: time, equity, drawdown, and buying and holding. */
export type EquityRows = readonly (readonly (number | null)[])[];

export interface CurveNames {
  readonly outOfSample: string;
  readonly inSample: string;
  readonly hold: string;
  readonly drawdown: string;
}

type Points = readonly (readonly [time: number, value: number])[];

/** One column over time; where it is not known, nothing. */
export function columnOf(rows: EquityRows, column: number, sign = 1): Points {
  return rows.flatMap((row) => {
    const [time, value] = [row[0], row[column]];
    return typeof time === 'number' && typeof value === 'number' ? [[time, sign * value] as const] : [];
  });
}

/** What is drawn of a result: what it did on data it had not seen comes first and strongest, what it was fitted to is dashed. */
export function curvesOf(
  outOfSample: EquityRows | undefined,
  inSample: EquityRows | undefined,
  names: CurveNames,
): readonly Curve[] {
  const shown: Curve[] = [];
  const main = outOfSample ?? inSample;
  if (outOfSample !== undefined)
    shown.push({
      id: 'outOfSample',
      name: names.outOfSample,
      colour: 3,
      pane: 0,
      points: columnOf(outOfSample, 1),
    });
  if (inSample !== undefined)
    shown.push({
      id: 'inSample',
      name: names.inSample,
      colour: 0,
      isDashed: outOfSample !== undefined,
      pane: 0,
      points: columnOf(inSample, 1),
    });
  if (main !== undefined) {
    // Over the period of the curve it is held against.
    shown.push({ id: 'hold', name: names.hold, colour: null, pane: 0, points: columnOf(main, 3) });
    shown.push({
      id: 'drawdown',
      name: names.drawdown,
      colour: outOfSample === undefined ? 0 : 3,
      pane: 1,
      points: columnOf(main, 2, -1),
    });
  }
  return shown.filter(({ points }) => points.length > 0);
}
