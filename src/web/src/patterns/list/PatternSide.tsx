import { Link } from 'wouter';
import { newAlertPath } from '../../alerts/kinds';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { SideChart } from '../../market/chart/SideChart';
import { pathOf } from '../../market/symbols';
import { Instant } from '../../parts/Instant';
import records from '../../records/Records.module.css';
import { chartAt } from '../chartAt';
import { codeOf, teachingPath } from '../kinds';
import { ReliabilityCard } from '../ReliabilityCard';
import { type Pattern, timeframeOf } from './filter';
import { PatternState } from './PatternState';

/** A pattern beside the list: its chart, its facts, its plan and the record of its kind. */
export function PatternSide({ pattern }: { readonly pattern: Pattern }) {
  const { alerts, eye, pages } = useTexts();
  const { patterns: texts, plan: words } = pages;
  const format = useFormat();
  const { symbol, timeframe, kind, direction, zone, plan } = pattern;
  const name = eye.reliability.what(eye.kinds[kind], timeframe, eye.directions[direction]);
  return (
    <>
      <div className={records['chart']}>
        <SideChart symbol={symbol} timeframe={timeframeOf(timeframe)} focus={{ pattern: pattern.id }} />
      </div>
      <dl className={records['facts']} aria-label={name}>
        <dt>{texts.state}</dt>
        <dd>
          <PatternState pattern={pattern} />
        </dd>
        {pattern.endReason !== null && (
          <>
            <dt>{texts.why}</dt>
            <dd>{pattern.endReason}</dd>
          </>
        )}
        <dt>{texts.zone}</dt>
        <dd className={records['zone']}>
          {format.price(zone.bottom)} – {format.price(zone.top)}
        </dd>
        {plan !== null && (
          <>
            <dt>{words.entry}</dt>
            <dd className={records['zone']}>{format.price(plan.entry)}</dd>
            <dt>{words.stop}</dt>
            <dd className={records['zone']}>{format.price(plan.stop)}</dd>
            <dt>{words.targets}</dt>
            <dd className={records['zone']}>{plan.targets.map(format.price).join(' · ')}</dd>
            <dt>{words.risk}</dt>
            <dd className={records['zone']}>{format.share(plan.riskPercent / 100)}</dd>
          </>
        )}
        <dt>{texts.formed}</dt>
        <dd>
          <Instant at={pattern.formedAt} />
        </dd>
        <dt>{texts.knownSince}</dt>
        <dd>
          <Instant at={pattern.knownAt} />
        </dd>
        <dt>{pattern.endedAt === null ? texts.expires : texts.ended}</dt>
        <dd>
          <Instant at={pattern.endedAt ?? pattern.expiresAt} />
        </dd>
      </dl>
      <p className={records['links']}>
        <Link href={chartAt(symbol, timeframe, { pattern: pattern.id })}>{texts.openChart}</Link>
        <Link
          href={newAlertPath({
            symbol: pathOf(symbol),
            condition: 'PATTERN',
            patternKind: codeOf[kind],
            direction: direction === 'neutral' ? null : direction,
            timeframe,
          })}
        >
          {alerts.alertMeLike}
        </Link>
        <Link href={teachingPath(kind)}>{texts.learn(eye.kinds[kind])}</Link>
      </p>
      <div className={records['card']}>
        <ReliabilityCard record={pattern.record} of={name} />
      </div>
    </>
  );
}
