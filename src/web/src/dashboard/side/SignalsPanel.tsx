import { LockKeyhole, Radio } from 'lucide-react';
import { Link } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Freshness } from '../../market/Freshness';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { Skeleton } from '../../parts/Skeleton';
import { DirectionMark } from '../../patterns/DirectionMark';
import { Refused } from '../../patterns/sight/Refused';
import type { Signal } from '../../signals/filter';
import { SignalStatus } from '../../signals/SignalStatus';
import { useLatestSignals, useSignalSummary } from '../../signals/useSignals';
import css from './Side.module.css';

const most = 6;

/** The newest signals that run. */
export function SignalsPanel() {
  const { accounts, pages } = useTexts();
  const { dashboard: texts, signals: words } = pages;
  const { data, error, refetch, gate } = useLatestSignals();
  const format = useFormat();
  const summary = useSignalSummary().data;
  const note =
    summary && texts.signalsRunning(format.count(summary.running), format.count(summary.issued24h));
  return (
    <Panel title={texts.signals} note={note} action={<Link href="/signals">{words.all}</Link>}>
      {gate === 'shut' ? (
        <Notice icon={LockKeyhole} title={texts.signalsLocked} hint={texts.signalsLockedHint}>
          <Link href="/profile/subscription?why=signals.read">{accounts.subscription.why}</Link>
        </Notice>
      ) : data === undefined && error !== null ? (
        <Refused error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <div className={css['waiting']}>
          <Skeleton width={200} />
        </div>
      ) : data.length === 0 ? (
        <Notice icon={Radio} title={texts.noSignals} hint={texts.noSignalsHint} />
      ) : (
        <ul className={css['signals']}>
          {data.slice(0, most).map((signal) => (
            <Item key={signal.id} signal={signal} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Item({ signal }: { readonly signal: Signal }) {
  const { eye, pages } = useTexts();
  const format = useFormat();
  const side = signal.direction === 'bullish' ? eye.sides.buy : eye.sides.sell;
  return (
    <li data-signal={signal.id}>
      <Link href={`/signals/${signal.id}`}>
        <DirectionMark direction={signal.direction} text={`${side} ${signal.symbol}`} />
        <span className={css['class']}>
          {signal.class === null ? eye.origins[signal.origin] : eye.classes[signal.class]}
        </span>
      </Link>
      <span className={css['aside']}>
        <SignalStatus signal={signal} />
      </span>
      <span className={css['facts']}>
        <span>
          {pages.plan.entry} <b>{format.price(signal.entry)}</b>
        </span>
        <span>
          {pages.plan.stop} <b>{format.price(signal.stopLoss)}</b>
        </span>
      </span>
      <span className={css['aside']}>
        <Freshness at={signal.issuedAt} isPast />
      </span>
    </li>
  );
}
