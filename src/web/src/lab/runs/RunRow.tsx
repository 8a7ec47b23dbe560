import { Trash2 } from 'lucide-react';
import { Link } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { Badge, type Tone } from '../../parts/Badge';
import { Instant } from '../../parts/Instant';
import table from '../../parts/Table.module.css';
import { ProvenanceWord } from '../data/Origin';
import { isUnderWay, type RunStatus, type RunSummary, runPath } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { useStrategies } from '../useStrategies';

interface RunRowProps {
  readonly run: RunSummary;
  readonly isChosen: boolean;
  /** Left out where nothing is compared. */
  readonly onChoose: (() => void) | undefined;
  readonly onDelete: () => void;
}

const tones: { readonly [status in RunStatus]: Tone } = {
  queued: 'quiet',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'quiet',
};

export function RunStateBadge({ status }: { readonly status: RunStatus }) {
  const { statuses } = useLabTexts();
  return <Badge tone={tones[status]}>{statuses[status]}</Badge>;
}

export function RunRow({ run, isChosen, onChoose, onDelete }: RunRowProps) {
  const { runs: words, deleting } = useLabTexts();
  const format = useFormat();
  const { results, outOfSample } = run;
  // The results of a walk-forward are those of its unseen data.
  const inSample = run.kind === 'walkForward' && outOfSample ? null : (results?.totalReturn ?? null);
  const strategy = useStrategies().data?.find(({ key }) => key === run.strategy);
  const name = run.title ?? strategy?.title ?? run.strategyName;
  return (
    <tr data-run={run.backtestId} data-status={run.status}>
      {onChoose && (
        <td>
          <input
            type="checkbox"
            checked={isChosen}
            disabled={run.status !== 'done'}
            aria-label={words.chooseOf(`${name} ${run.backtestId}`)}
            onChange={onChoose}
          />
        </td>
      )}
      <th scope="row" className={table['wide']}>
        <Link href={runPath(run.backtestId)}>{name}</Link>
        <span className={table['under']}>
          {run.symbols.join(', ')} · {run.timeframe} · {run.backtestId}
          {run.provenance !== 'live' && (
            <>
              {' · '}
              <ProvenanceWord of={run.provenance} />
            </>
          )}
        </span>
      </th>
      {run.status === 'done' && results ? (
        <>
          <Figure value={outOfSample?.totalReturn ?? null} />
          <Figure value={inSample} isSpare />
          <td className={table['number']}>
            {run.deflatedSharpe === null ? '–' : format.fixed(run.deflatedSharpe, 2)}
          </td>
          <td className={`${table['number']} ${table['spare']}`}>
            {format.change(-results.maxDrawdownRatio)}
          </td>
          <td className={`${table['number']} ${table['spare']}`}>{format.count(results.totalTrades)}</td>
        </>
      ) : (
        <td colSpan={5} title={run.fault?.message}>
          <RunStateBadge status={run.status} />
          {isUnderWay(run.status) && run.progress > 0 && ` ${format.share(run.progress)}`}
        </td>
      )}
      <td className={table['spare']}>
        <Instant at={run.createdAt} />
      </td>
      <td>
        <button
          type="button"
          className={css['iconButton']}
          aria-label={deleting.of(`${name} ${run.backtestId}`)}
          onClick={onDelete}
        >
          <Trash2 size={14} aria-hidden="true" />
        </button>
      </td>
    </tr>
  );
}

interface FigureProps {
  readonly value: number | null;
  /** Left out on a phone. */
  readonly isSpare?: boolean;
}

/** A return in the colour of its sign; the sign stands there too. */
export function Figure({ value, isSpare = false }: FigureProps) {
  const format = useFormat();
  const way = value === null || value === 0 ? '' : value > 0 ? css['rise'] : css['fall'];
  return (
    <td className={`${table['number']} ${way} ${isSpare ? table['spare'] : ''}`}>
      {value === null ? '–' : format.change(value)}
    </td>
  );
}
