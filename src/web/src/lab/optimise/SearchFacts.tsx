import { useFormat } from '../../format/useFormat';
import { Panel } from '../../parts/Panel';
import type { Optimisation } from '../kinds';
import css from '../result/Result.module.css';
import { useWrite } from '../result/useWrite';
import { useLabTexts } from '../useLabTexts';

/** How much was searched, and how likely its best is only the luckiest. */
export function SearchFacts({ of }: { readonly of: Optimisation }) {
  const { optimiser: words, result } = useLabTexts();
  const format = useFormat();
  const write = useWrite();
  const measures: { readonly [name: string]: string } = words.measures;
  return (
    <Panel title={words.facts}>
      <dl className={css['evidence']}>
        <div>
          <dt>{words.overfitting}</dt>
          <dd data-pbo={of.overfittingProbability ?? ''}>{write('share', of.overfittingProbability)}</dd>
          <dd className={css['why']}>{result.evidence.overfittingHint}</dd>
        </div>
        <div>
          <dt>{words.deflated}</dt>
          <dd>{write('ratio', of.deflatedSharpe)}</dd>
          <dd className={css['why']}>{words.deflatedHint}</dd>
        </div>
        <div>
          <dt>{result.evidence.expectedBest}</dt>
          <dd>{write('ratio', of.expectedBestSharpe)}</dd>
        </div>
        <div>
          <dt>{words.combinations}</dt>
          <dd>{format.count(of.combinations)}</dd>
          <dd className={css['why']}>{words.skipped(format.count(of.unreasonable))}</dd>
        </div>
        <div>
          <dt>{words.measure}</dt>
          <dd>{measures[of.measure] ?? of.measure}</dd>
        </div>
      </dl>
      <p className={css['hint']} lang="en">
        {of.text}
      </p>
    </Panel>
  );
}
