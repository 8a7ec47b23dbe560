import { useLabTexts } from '../useLabTexts';
import type { TrialMeasure } from './trialMeasures';

/** What the measures of combinations are called. */
export function useMeasureNames(): { readonly [measure in TrialMeasure]: string } {
  const { optimiser: words, result } = useLabTexts();
  const { sharpeRatio, sortinoRatio, totalReturn, maxDrawdownRatio, profitFactor, winRate, trades } =
    result.measures;
  return {
    score: words.score,
    sharpeRatio: sharpeRatio.name,
    sortinoRatio: sortinoRatio.name,
    totalReturn: totalReturn.name,
    maxDrawdownRatio: maxDrawdownRatio.name,
    profitFactor: profitFactor.name,
    winRate: winRate.name,
    totalTrades: trades.name,
  };
}
