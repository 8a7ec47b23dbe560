import { useFormat } from '../../format/useFormat';
import { Panel } from '../../parts/Panel';
import type { Judged, Run } from '../kinds';
import { useLabTexts } from '../useLabTexts';
import css from './Result.module.css';
import { useWrite } from './useWrite';

/** How likely the result is more than luck, after all that was tried: of the record on unseen data first. */
export function EvidencePanel({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const { evidence: said } = words;
  const format = useFormat();
  const write = useWrite();
  const honesty = run.honesty;
  if (honesty === null) return null;
  const { outOfSample, inSample } = honesty;
  const first = outOfSample ?? inSample;
  const days = (judged: Judged) =>
    judged.minimumTrackRecordDays === null
      ? '–'
      : said.days(format.count(Math.ceil(judged.minimumTrackRecordDays)));
  const trials = format.count(honesty.trials);
  const then = honesty.trialsThen ?? honesty.trials;
  const rows = [
    [said.deflated, (one: Judged) => write('ratio', one.deflatedSharpe), said.deflatedHint(trials)],
    [said.probabilistic, (one: Judged) => write('ratio', one.probabilisticSharpe), said.probabilisticHint],
    [
      said.expectedBest,
      (one: Judged) => write('ratio', one.expectedBestSharpe),
      said.expectedBestHint(trials),
    ],
    [said.record, days, said.recordHint(format.count(first.trackRecordDays))],
  ] as const;
  return (
    <Panel title={said.title} note={outOfSample ? said.unseen : said.seen}>
      <dl className={css['evidence']}>
        {rows.map(([name, say, hint]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {say(first)}
              {outOfSample && <small>{said.inSample(say(inSample))}</small>}
            </dd>
            <dd className={css['why']}>{hint}</dd>
          </div>
        ))}
        <div>
          <dt>{said.overfitting}</dt>
          <dd>{write('share', honesty.overfittingProbability)}</dd>
          <dd className={css['why']}>{said.overfittingHint}</dd>
        </div>
        <div>
          <dt>{said.trials}</dt>
          <dd data-trials={honesty.trials}>{trials}</dd>
          <dd className={css['why']}>
            {run.trial?.isNew ? said.counted : said.known}
            {then < honesty.trials && ` ${said.since(format.count(then))}`}
          </dd>
        </div>
      </dl>
    </Panel>
  );
}
