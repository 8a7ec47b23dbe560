import type { Optimisation } from '../kinds';
import type { Unit } from '../result/measures';

/** Whether more of a measure is better, or less of it; of some, neither. */
export type Better = 'more' | 'less' | 'neither';

/** What the best of a search may be told by. */
export const searchMeasures = [
  'sharpeRatio',
  'sortinoRatio',
  'totalReturn',
  'returnOverDrawdown',
  'gainOverLoss',
] as const;

/** The measure a search was made with; a finished one names ratios in short. */
export const measureOfSearch = ({ measure }: Pick<Optimisation, 'measure'>) =>
  searchMeasures.find((one) => one === measure || one === `${measure}Ratio`) ?? 'sharpeRatio';

/** What combinations can be ordered and drawn by; the score is the measure that the search was made with. */
export const trialMeasures = [
  ['score', 'ratio', 'more'],
  ['sharpeRatio', 'ratio', 'more'],
  ['sortinoRatio', 'ratio', 'more'],
  ['totalReturn', 'change', 'more'],
  ['maxDrawdownRatio', 'loss', 'less'],
  ['profitFactor', 'ratio', 'more'],
  ['winRate', 'share', 'more'],
  ['totalTrades', 'count', 'neither'],
] as const satisfies readonly (readonly [string, Unit, Better])[];

export type TrialMeasure = (typeof trialMeasures)[number][0];

export const trialMeasureOf = (text: string): TrialMeasure =>
  trialMeasures.map(([name]) => name).find((name) => name === text) ?? 'score';

/** How figures of a measure are written, which way they are better, and which of them is neither good nor bad. */
export function meaningOf(
  measure: TrialMeasure,
  search: Pick<Optimisation, 'measure'>,
): { readonly unit: Unit; readonly better: Better; readonly middle: number } {
  const [, unit, better] = trialMeasures.find(([name]) => name === measure) ?? trialMeasures[0];
  const scored = measure === 'score' ? measureOfSearch(search) : null;
  return {
    unit: scored === 'totalReturn' ? 'change' : unit,
    better,
    middle: measure === 'profitFactor' || scored === 'gainOverLoss' ? 1 : 0,
  };
}
