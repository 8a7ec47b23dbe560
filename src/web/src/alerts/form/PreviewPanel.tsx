import type { UseQueryResult } from '@tanstack/react-query';
import { explainError } from '../../accounts/explainError';
import { ApiError } from '../../api/ApiError';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { isTimeframe, type Timeframe } from '../../market/timeframes';
import { Panel } from '../../parts/Panel';
import { AlertChart } from './AlertChart';
import css from './Form.module.css';
import { RehearsalFacts } from './RehearsalFacts';
import type { Preview, Rehearsal } from './usePreview';

interface PreviewPanelProps {
  readonly symbol: string;
  readonly timeframe: string;
  readonly isOn: boolean;
  readonly preview: UseQueryResult<Preview>;
  readonly rehearsal: UseQueryResult<Rehearsal>;
}

/** Before an alert is made: where the price stands to it, and how often it would have told. */
export function PreviewPanel({ symbol, timeframe, isOn, preview, rehearsal }: PreviewPanelProps) {
  const texts = useTexts();
  const { preview: words } = texts.alerts;
  // Faults of fields stand beside them; the rest is said here.
  const refusal =
    preview.error instanceof ApiError && preview.error.code !== 'VALIDATION_FAILED'
      ? explainError(preview.error, texts)
      : null;
  const isAnswered = isOn && !preview.isError;
  const shown = isAnswered ? preview.data : undefined;
  const told = isAnswered ? rehearsal.data : undefined;
  return (
    <div className={css['side']}>
      <Panel title={words.title}>
        <div className={css['chart']}>
          <AlertChart
            symbol={symbol}
            timeframe={chartOf(timeframe)}
            level={shown?.level ?? null}
            moments={told?.moments ?? noMoments}
          />
        </div>
        {shown === undefined ? (
          <p className={css['wait']}>{isOn && refusal !== null ? refusal : words.waits}</p>
        ) : (
          <Facts preview={shown} />
        )}
      </Panel>
      {isAnswered && (
        <Panel title={words.rehearsal} note={told && <Provenance of={told} />}>
          <div aria-live="polite" aria-busy={rehearsal.isFetching}>
            {told ? (
              <div className={rehearsal.isPlaceholderData ? css['stale'] : undefined}>
                <RehearsalFacts of={told} />
              </div>
            ) : (
              <p className={css['wait']}>
                {rehearsal.error ? explainError(rehearsal.error, texts) : words.rehearsing}
              </p>
            )}
          </div>
        </Panel>
      )}
    </div>
  );
}

const noMoments: Rehearsal['moments'] = [];

/** Minutes are too fine to see three months by. */
const chartOf = (timeframe: string): Timeframe =>
  isTimeframe(timeframe) && timeframe !== '1m' ? timeframe : '1h';

function Facts({ preview }: { readonly preview: Preview }) {
  const { preview: words } = useTexts().alerts;
  const format = useFormat();
  const { price, distancePercent, holdsNow, values } = preview;
  const value = values?.at(-1) ?? null;
  return (
    <>
      <dl className={css['facts']}>
        {price !== null && (
          <>
            <dt>{words.now}</dt>
            <dd>{format.price(price)}</dd>
          </>
        )}
        {distancePercent !== null && (
          <>
            <dt>{words.distance}</dt>
            <dd>{format.change(distancePercent / 100)}</dd>
          </>
        )}
        {value !== null && (
          <>
            <dt>{words.value}</dt>
            <dd>{format.figure(value)}</dd>
          </>
        )}
      </dl>
      {holdsNow === true && (
        <p className={css['warn']}>
          <strong>{words.holdsNow}.</strong> {words.holdsNowHint}
        </p>
      )}
    </>
  );
}

function Provenance({ of }: { readonly of: Rehearsal }) {
  const { preview: words } = useTexts().alerts;
  if (of.provenance === 'live') return of.source;
  return of.provenance === 'synthetic' ? words.synthetic : words.recorded;
}
