import { Link } from 'wouter';
import { newAlertPath } from '../alerts/kinds';
import { useTexts } from '../i18n/Texts';
import { SideChart } from '../market/chart/SideChart';
import { pathOf } from '../market/symbols';
import { chartAt } from '../patterns/chartAt';
import { timeframeOf } from '../patterns/list/filter';
import records from '../records/Records.module.css';
import type { Signal } from './filter';
import { PlanLadder } from './PlanLadder';
import { SignalFacts } from './SignalFacts';
import { SignalRecord } from './SignalRecord';

/** A signal beside the list: its chart, its plan and the record of what it rests on. */
export function SignalSide({ signal }: { readonly signal: Signal }) {
  const { alerts, pages } = useTexts();
  const { signals: texts, patterns } = pages;
  const { symbol, timeframe, id } = signal;
  return (
    <>
      <div className={records['chart']}>
        <SideChart symbol={symbol} timeframe={timeframeOf(timeframe)} focus={{ signal: id }} />
      </div>
      <PlanLadder signal={signal} />
      <SignalFacts signal={signal} />
      <p className={records['links']}>
        <Link href={`/signals/${id}`}>{texts.open}</Link>
        <Link href={chartAt(symbol, timeframe, { signal: id })}>{patterns.openChart}</Link>
        <Link
          href={newAlertPath({
            symbol: pathOf(symbol),
            condition: 'SIGNAL',
            direction: signal.direction === 'neutral' ? null : signal.direction,
            signalClass: signal.class,
          })}
        >
          {alerts.alertMeLike}
        </Link>
      </p>
      <div className={records['card']}>
        <SignalRecord signal={signal} />
      </div>
    </>
  );
}
