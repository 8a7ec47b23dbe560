import type { Run } from '../kinds';

/** What a run is called among others. */
export const nameOf = (
  run: Pick<Run, 'title' | 'backtestId'> & { readonly strategy: { readonly title: string } },
) => run.title ?? `${run.strategy.title} ${run.backtestId.slice(-3)}`;
