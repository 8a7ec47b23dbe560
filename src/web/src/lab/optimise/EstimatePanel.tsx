import { useQuery } from '@tanstack/react-query';
import { explainError } from '../../accounts/explainError';
import { api, type Schemas, unwrap } from '../../api/client';
import { formatDuration } from '../../format/time';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Panel } from '../../parts/Panel';
import { useSettled } from '../../records/useChosen';
import { labKey } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { useTrials } from '../useRuns';
import { combinationsOf, type GridRow } from './grid';

interface EstimateProps {
  readonly rows: { readonly [name: string]: GridRow };
  readonly isRandom: boolean;
  readonly asked: number;
  /** Null while what was typed cannot be asked for. */
  readonly body: Schemas['WalkForwardRequest'] | null;
}

const typing = 500;

/** How much a search is and how long it takes, before it starts; and what so many trials do to what is found. */
export function EstimatePanel({ rows, isRandom, asked, body }: EstimateProps) {
  const texts = useTexts();
  const { optimiser: words } = useLabTexts();
  const format = useFormat();
  const settled = useSettled(body === null ? '' : JSON.stringify(body), typing);
  const trials = useTrials().data;
  const query = useQuery({
    queryKey: [...labKey, 'estimate', settled],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/v1/backtest/optimise/estimate', {
          body: JSON.parse(settled) as Schemas['WalkForwardRequest'],
          signal,
        }),
      ),
    enabled: settled !== '',
    retry: false,
    staleTime: 60_000,
  });
  const all = combinationsOf(rows);
  const count = isRandom ? Math.min(asked, all) : all;
  const told = body === null ? undefined : query.data;
  return (
    <Panel title={words.size}>
      <dl className={css['figures']} aria-live="polite">
        <div>
          <dt>{words.combinations}</dt>
          <dd data-combinations={count}>{Number.isFinite(count) ? format.count(count) : '–'}</dd>
        </div>
        <div>
          <dt>{words.candles}</dt>
          <dd>{told ? format.count(told.bars) : '–'}</dd>
        </div>
        <div>
          <dt>{words.takes}</dt>
          <dd data-takes={told?.seconds ?? ''}>
            {told ? words.about(formatDuration(Math.max(1, Math.ceil(told.seconds)))) : '–'}
          </dd>
        </div>
        <div>
          <dt>{words.unreasonable}</dt>
          <dd>{told ? format.count(told.unreasonable) : '–'}</dd>
        </div>
      </dl>
      <div className={css['body']}>
        {query.error && body !== null && <p className={css['caution']}>{explainError(query.error, texts)}</p>}
        <p className={css['text']}>
          {/* Real and simulated prices are counted apart: of both together no total would be true. */}
          {trials && trials.markets.length < 2 && Number.isFinite(count)
            ? words.price(format.count(count), format.count(trials.count + count))
            : words.priceOfAny}
        </p>
      </div>
    </Panel>
  );
}
