export const sections = ['backtest', 'optimiser', 'paper', 'strategies', 'indicators', 'data'] as const;

export type Section = (typeof sections)[number];

/** Backtests stand at the front. */
export const pathOfSection = (section: Section): string =>
  section === 'backtest' ? '/backtest' : `/backtest/${section}`;

/** What running anything here is counted against. */
export const backtestEntitlement = 'backtest.run';
