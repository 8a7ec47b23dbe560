import { readSigned } from '../../alerts/form/values';
import type { Values } from '../form/values';
import { parameterField } from '../form/values';
import type { Run, StrategyParameter } from '../kinds';
import { measureOfSearch } from './trialMeasures';

/** What an optimisation may try at most. */
export const mostCombinations = 20_000;

export const gridField = (name: string, part: 'on' | 'from' | 'to' | 'step'): string =>
  `grid.${name}.${part}`;

/** A parameter of the search begins with values around its usual one, from half of it to half as much again, ten at most. */
export function gridOf(parameters: readonly StrategyParameter[]): Values {
  return Object.fromEntries(
    parameters.flatMap((parameter, i) => {
      const { name } = parameter;
      const { from, to, step } = around(parameter);
      return [
        [gridField(name, 'on'), i < 2 ? 'yes' : ''],
        [gridField(name, 'from'), String(from)],
        [gridField(name, 'to'), String(to)],
        [gridField(name, 'step'), String(step)],
      ];
    }),
  );
}

/** The ranges a search was made with, and how it was made. */
export function gridOfRun({
  kind,
  strategy,
  optimisation,
}: Pick<Run, 'kind' | 'strategy' | 'optimisation'>): Values {
  const way = kind === 'walkForward' ? { way: kind } : {};
  if (optimisation === null) return way;
  const { search } = optimisation;
  const measure = measureOfSearch(optimisation);
  const ranges = Object.fromEntries(
    Object.keys(strategy.parameters).flatMap((name) => {
      const values = optimisation.parameters.find((one) => one.name === name)?.values ?? [];
      const [first, second] = values;
      const last = values.at(-1);
      if (first === undefined || last === undefined) return [[gridField(name, 'on'), '']];
      const step = second === undefined ? 1 : Number((second - first).toPrecision(12));
      return [
        [gridField(name, 'on'), 'yes'],
        [gridField(name, 'from'), String(first)],
        [gridField(name, 'to'), String(last)],
        [gridField(name, 'step'), String(step)],
      ];
    }),
  );
  return { ...ranges, ...way, search, measure };
}

/** In steps that are a multiple of the parameter's own. */
function around({ default: usual, minimum, maximum, step }: StrategyParameter): GridRow {
  const reach = usual === 0 ? maximum - minimum : Math.abs(usual) / 2;
  const exact = (value: number) => Number(value.toPrecision(12));
  const down = Math.floor(Math.min(reach, usual - minimum) / step);
  const up = Math.floor(Math.min(reach, maximum - usual) / step);
  const times = Math.max(1, Math.ceil((down + up) / 9));
  return {
    from: exact(usual - Math.floor(down / times) * times * step),
    to: exact(usual + Math.floor(up / times) * times * step),
    step: exact(times * step),
  };
}

export interface GridRow {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** The ranges that are searched; the other parameters stay as they are. */
export function rowsIn(
  values: Values,
  parameters: readonly StrategyParameter[],
): { [name: string]: GridRow } {
  return Object.fromEntries(
    parameters
      .filter(({ name }) => values[gridField(name, 'on')] === 'yes')
      .map(({ name }) => [
        name,
        {
          from: readSigned(values[gridField(name, 'from')] ?? ''),
          to: readSigned(values[gridField(name, 'to')] ?? ''),
          step: readSigned(values[gridField(name, 'step')] ?? ''),
        },
      ]),
  );
}

/** How many values a range has, both ends included; not a number while it is no range. */
export function countOf({ from, to, step }: GridRow): number {
  if (![from, to, step].every(Number.isFinite) || step <= 0 || to < from) return Number.NaN;
  return Math.floor((to - from) / step + 1e-9) + 1;
}

/** How many combinations all ranges have together. */
export const combinationsOf = (rows: { readonly [name: string]: GridRow }): number =>
  Object.values(rows).reduce((count, row) => count * countOf(row), 1);

export interface GridWords {
  readonly range: string;
  readonly none: string;
  readonly tooMany: string;
  readonly between: (low: string, high: string) => string;
}

/** What is wrong with the ranges, by field. */
export function gridFaults(
  values: Values,
  parameters: readonly StrategyParameter[],
  words: GridWords,
): { readonly [field: string]: string | undefined } {
  const rows = rowsIn(values, parameters);
  const faults: { [field: string]: string | undefined } = {};
  for (const { name, minimum, maximum } of parameters) {
    const row = rows[name];
    if (row === undefined) continue;
    if (!(row.from >= minimum && row.to <= maximum))
      faults[gridField(name, 'from')] = words.between(String(minimum), String(maximum));
    else if (Number.isNaN(countOf(row))) faults[gridField(name, 'to')] = words.range;
    // A parameter that is searched has no value of its own to be wrong.
    faults[parameterField(name)] = undefined;
  }
  const isRandom = values['search'] === 'random';
  const [first] = parameters;
  if (first && Object.keys(rows).length === 0) faults[gridField(first.name, 'on')] = words.none;
  else if (!isRandom && combinationsOf(rows) > mostCombinations) faults['search'] = words.tooMany;
  return faults;
}
