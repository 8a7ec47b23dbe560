import type { Statistics } from '../kinds';

/** How a figure is written. */
export type Unit = 'change' | 'share' | 'loss' | 'ratio' | 'money' | 'cost' | 'count' | 'bars';

export const measures = [
  ['totalReturn', 'change'],
  ['annualReturn', 'change'],
  ['sharpeRatio', 'ratio'],
  ['sortinoRatio', 'ratio'],
  ['calmarRatio', 'ratio'],
  ['volatility', 'share'],
  ['maxDrawdownRatio', 'loss'],
  ['valueAtRisk95', 'loss'],
  ['expectedShortfall95', 'loss'],
  ['trades', 'count'],
  ['winRate', 'share'],
  ['profitFactor', 'ratio'],
  ['expectancy', 'money'],
  ['averageWin', 'money'],
  ['averageLoss', 'cost'],
  ['longestLosingRun', 'count'],
  ['averageBars', 'bars'],
  ['exposure', 'share'],
  ['fees', 'money'],
  ['slippageCost', 'money'],
  ['turnover', 'money'],
  ['marketReturn', 'change'],
] as const satisfies readonly (readonly [keyof Statistics, Unit])[];

export type Measure = (typeof measures)[number][0];
