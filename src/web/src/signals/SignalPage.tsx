import { Radio } from 'lucide-react';
import { Link } from 'wouter';
import { Locked } from '../accounts/subscription/Locked';
import { useGate } from '../accounts/subscription/useGate';
import { ApiError } from '../api/ApiError';
import { useTexts } from '../i18n/Texts';
import { SideChart } from '../market/chart/SideChart';
import { Notice } from '../parts/Notice';
import { Page } from '../parts/Page';
import { Panel } from '../parts/Panel';
import { Skeleton } from '../parts/Skeleton';
import { arrowOf } from '../patterns/kinds';
import { timeframeOf } from '../patterns/list/filter';
import { Refused } from '../patterns/sight/Refused';
import { BasisTable } from './BasisTable';
import type { Signal } from './filter';
import { HashLink } from './HashLink';
import { PlanLadder } from './PlanLadder';
import { SignalFacts } from './SignalFacts';
import { SignalRecord } from './SignalRecord';
import css from './Signals.module.css';
import { useSignal } from './useSignals';

/** One signal: its plan, how it goes, what it rests on, and the proof of when it was given. */
export function SignalPage({ id }: { readonly id: number }) {
  const { eye, pages } = useTexts();
  const { signals: texts } = pages;
  const { data, error, refetch } = useSignal(id, useGate('signals.read') === 'open');
  const side = data && (data.direction === 'bullish' ? eye.sides.buy : eye.sides.sell);
  const title = data ? `${arrowOf[data.direction]} ${side} ${data.symbol}` : texts.one(String(id));
  const isUnknown = error instanceof ApiError && error.status === 404;
  return (
    <Page
      title={title}
      lead={data && <Lead of={data} />}
      aside={<Link href="/signals">{texts.all}</Link>}
      isFull
    >
      <Locked entitlement="signals.read">
        {isUnknown ? (
          <Notice icon={Radio} title={texts.unknown(String(id))} hint={texts.unknownHint}>
            <Link href="/signals">{texts.all}</Link>
          </Notice>
        ) : error !== null && data === undefined ? (
          <Refused error={error} retry={() => void refetch()} />
        ) : data === undefined ? (
          <Skeleton width={320} />
        ) : (
          <Body signal={data} />
        )}
      </Locked>
    </Page>
  );
}

function Lead({ of }: { readonly of: Signal }) {
  const { eye, pages } = useTexts();
  const parts = [
    of.class === null ? (of.strategy ?? eye.origins[of.origin]) : eye.classes[of.class],
    of.timeframe,
    eye.provenances[of.provenance],
    ...(of.isRetrospective ? [pages.signals.retrospective] : []),
  ];
  return parts.join(' · ');
}

function Body({ signal }: { readonly signal: Signal }) {
  const { signals: texts, plan } = useTexts().pages;
  return (
    <div className={css['columns']}>
      <div className={css['main']}>
        <h2 className="visually-hidden">{texts.chart}</h2>
        <div className={css['chart']}>
          <SideChart
            symbol={signal.symbol}
            timeframe={timeframeOf(signal.timeframe)}
            focus={{ signal: signal.id }}
          />
        </div>
        <BasisTable signal={signal} />
        <Panel title={texts.proof}>
          <div className={css['proof']}>
            <p>
              <HashLink signal={signal} isWhole />
            </p>
            <p className={css['hint']}>
              {signal.isRetrospective ? texts.retrospectiveHint : texts.proofHint}
            </p>
            <p className={css['hint']}>
              {texts.rule}: {signal.rule}
            </p>
          </div>
        </Panel>
      </div>
      <div className={css['beside']}>
        <Panel title={plan.title}>
          <PlanLadder signal={signal} />
          <SignalFacts signal={signal} />
        </Panel>
        <div className={css['card']}>
          <SignalRecord signal={signal} />
        </div>
        <p className={css['hint']}>{texts.honest}</p>
      </div>
    </div>
  );
}
