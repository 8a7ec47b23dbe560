import type { Schemas } from '../api/client';

export type Run = Schemas['Run'];
export type RunSummary = Schemas['RunSummary'];
export type RunStatus = Run['status'];
export type Strategy = Schemas['Strategy'];
export type StrategyParameter = Schemas['ParameterView'];
export type RunTrade = Schemas['RunTrade'];
export type Statistics = NonNullable<Run['statistics']>;
export type Honesty = NonNullable<Run['honesty']>;
export type Judged = Honesty['inSample'];
export type Optimisation = NonNullable<Run['optimisation']>;
export type PaperSession = Schemas['PaperSession'];

export const labKey = ['lab'] as const;

export const runPath = (backtestId: string): string => `/backtest/runs/${backtestId}`;
export const paperPath = (id: number): string => `/backtest/paper/${id}`;
export const strategyPath = (key: string): string => `/backtest/strategies/${key}`;

/** What the walk-forward of a run chose among: what was searched for, neighbours of the settings given, or nothing but these. */
export const choiceOf = ({ kind, walkForward }: Run): 'search' | 'neighbours' | 'given' =>
  kind !== 'run' ? 'search' : (walkForward?.combinations ?? 1) > 1 ? 'neighbours' : 'given';

/** Not over yet: it waits or runs. */
export const isUnderWay = (status: RunStatus): boolean => status === 'queued' || status === 'running';

/** Where the form begins with what a run was made of; with some of its parameters changed. */
export function againPath(
  page: '/backtest' | '/backtest/optimiser' | '/backtest/paper',
  of: string,
  parameters: { readonly [name: string]: number } = {},
): string {
  const params = new URLSearchParams({ of });
  for (const [name, value] of Object.entries(parameters)) params.set(`p.${name}`, String(value));
  return `${page}?${params}`;
}

/** What is judged first: the record on unseen data, where there is one. */
export const judgedOf = ({ outOfSample, inSample }: Honesty): Judged => outOfSample ?? inSample;
