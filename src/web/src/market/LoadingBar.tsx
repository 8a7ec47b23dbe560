import { formatDuration } from '../format/time';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import type { SymbolLoading } from './board';
import css from './LoadingBar.module.css';

/** How far the candles of a symbol are loaded, how fast it goes, and when it will be done. */
export function LoadingBar({ loading }: { readonly loading: SymbolLoading }) {
  const { markets } = useTexts();
  const format = useFormat();
  const { symbol, stage, done, total, rate, secondsLeft } = loading;
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const facts = [
    ...(rate > 0 ? [markets.rate(format.compact(rate))] : []),
    ...(secondsLeft !== null ? [markets.left(formatDuration(secondsLeft))] : []),
  ];
  return (
    <span
      className={css['loading']}
      title={markets.loadedMinutes(format.count(done), format.count(total))}
      data-stage={stage}
    >
      <progress
        className={css['bar']}
        value={share}
        max={1}
        aria-label={markets.loadingOf(symbol, markets.stages[stage])}
      />
      <span className={css['facts']}>{facts.length === 0 ? markets.stages[stage] : facts.join(' · ')}</span>
    </span>
  );
}
