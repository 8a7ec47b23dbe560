import { useFormat } from '../../format/useFormat';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { useTrials } from '../useRuns';

/** How many trials were made, and what that does to the next one. */
export function TrialsPanel() {
  const { trials: words } = useLabTexts();
  const format = useFormat();
  const query = useTrials();
  return (
    <Loaded title={words.title} of={query}>
      {(data) => (
        <Panel title={words.title}>
          <dl className={css['figures']}>
            <div>
              <dt>{words.count}</dt>
              <dd data-trials={data.count}>{format.count(data.count)}</dd>
            </div>
            <div>
              <dt>{words.runs}</dt>
              <dd>{format.count(data.runs)}</dd>
            </div>
            <div>
              <dt>{words.optimiser}</dt>
              <dd>{format.count(data.optimiserTrials)}</dd>
            </div>
          </dl>
          {data.markets.map((one) => (
            <dl key={one.market} className={css['figures']} data-market={one.market}>
              <div>
                <dt>{words.on[one.market]}</dt>
                <dd>{format.count(one.count)}</dd>
              </div>
              <div>
                <dt>{words.meanSharpe}</dt>
                <dd>{format.fixed(one.meanSharpe, 2)}</dd>
              </div>
              {one.sharpeDeviation !== null && (
                <div>
                  <dt>{words.deviation}</dt>
                  <dd>{format.fixed(one.sharpeDeviation, 2)}</dd>
                </div>
              )}
            </dl>
          ))}
          <div className={css['body']}>
            <p className={css['text']}>{words.why}</p>
          </div>
        </Panel>
      )}
    </Loaded>
  );
}
