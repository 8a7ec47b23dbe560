import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { Instant } from '../parts/Instant';
import records from '../records/Records.module.css';
import type { Signal } from './filter';
import { HashLink } from './HashLink';
import { Outcome } from './Outcome';
import { SignalStatus } from './SignalStatus';

/** What is known of a signal, in words and figures. */
export function SignalFacts({ signal }: { readonly signal: Signal }) {
  const { eye, pages } = useTexts();
  const { signals: texts, plan, records: words } = pages;
  const format = useFormat();
  return (
    <dl className={records['facts']}>
      <dt>{texts.status}</dt>
      <dd>
        <SignalStatus signal={signal} />
      </dd>
      <dt>{texts.outcome}</dt>
      <dd className={records['zone']}>
        <Outcome r={signal.outcomeR} />
      </dd>
      {signal.isAmbiguous && (
        <>
          <dt>{texts.ambiguous}</dt>
          <dd>{texts.ambiguousHint}</dd>
        </>
      )}
      <dt>{texts.class}</dt>
      <dd>
        {signal.class === null
          ? '–'
          : `${eye.classes[signal.class]} · ${texts.score(format.count(signal.score))}`}
      </dd>
      <dt>{texts.origin}</dt>
      <dd>{signal.strategy ?? eye.origins[signal.origin]}</dd>
      <dt>{words.timeframe}</dt>
      <dd>{signal.timeframe}</dd>
      <dt>{plan.risk}</dt>
      <dd className={records['zone']}>{format.share(signal.riskPercent / 100)}</dd>
      <dt>{plan.how}</dt>
      <dd>{signal.entersAtOnce ? plan.atOnce : plan.waits}</dd>
      <dt>{texts.issued}</dt>
      <dd>
        <Instant at={signal.issuedAt} />
      </dd>
      <dt>{texts.known}</dt>
      <dd>
        <Instant at={signal.knownAt} />
      </dd>
      <dt>{texts.validUntil}</dt>
      <dd>
        <Instant at={signal.validUntil} />
      </dd>
      {signal.triggeredAt !== null && (
        <>
          <dt>{texts.triggered}</dt>
          <dd>
            <Instant at={signal.triggeredAt} />
          </dd>
        </>
      )}
      {signal.endedAt !== null && (
        <>
          <dt>{texts.ended}</dt>
          <dd>
            <Instant at={signal.endedAt} />
          </dd>
        </>
      )}
      <dt>{texts.hash}</dt>
      <dd>
        <HashLink signal={signal} />
      </dd>
    </dl>
  );
}
