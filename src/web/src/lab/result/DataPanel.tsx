import { useFormat } from '../../format/useFormat';
import { Panel } from '../../parts/Panel';
import { ProvenanceWord } from '../data/Origin';
import type { Run } from '../kinds';
import { useLabTexts } from '../useLabTexts';
import css from './Result.module.css';

/** What the result stands on: how much of the data there is, and what it can be told apart by. */
export function DataPanel({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const { basis: said } = words;
  const format = useFormat();
  return (
    <Panel title={said.title}>
      {(run.data ?? []).map((one) => (
        <dl key={one.symbol} className={css['facts']}>
          <dt>{one.symbol}</dt>
          <dd>
            {one.source} · <ProvenanceWord of={one.provenance} />
          </dd>
          <dt>{said.bars}</dt>
          <dd>{said.of(format.count(one.bars), format.count(one.expectedBars), format.share(one.share))}</dd>
          <dt>{said.gaps}</dt>
          <dd>{format.count(one.gapCount)}</dd>
          <dt>{said.quarantined}</dt>
          <dd>{format.count(one.quarantined)}</dd>
          {one.minutes !== null && (
            <>
              <dt>{said.minutes}</dt>
              <dd>{format.count(one.minutes)}</dd>
            </>
          )}
        </dl>
      ))}
      {run.assumptions && run.assumptions.length > 0 && (
        <section className={css['assumed']} data-assumed>
          <h3>{said.assumed}</h3>
          <ul lang="en">
            {run.assumptions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      )}
      <dl className={css['facts']}>
        <dt>{said.fingerprint}</dt>
        <dd>
          <code title={run.fingerprint ?? ''}>{(run.fingerprint ?? '–').slice(0, 16)}</code>
        </dd>
        <dt>{said.took}</dt>
        <dd>{format.milliseconds(run.elapsedSeconds === null ? null : run.elapsedSeconds * 1_000)}</dd>
      </dl>
      <p className={css['hint']}>{said.fingerprintHint}</p>
    </Panel>
  );
}
