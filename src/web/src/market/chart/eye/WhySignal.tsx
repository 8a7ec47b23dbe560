import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import { ReliabilityCard } from '../../../patterns/ReliabilityCard';
import { isRunning, type Signal, timeOf } from '../overlay/parts';
import css from './Eye.module.css';
import { PlanTable } from './PlanTable';
import { At, Fact, Facts, More, Part, Waiting } from './panelParts';
import { WhyHead } from './WhyHead';

interface WhySignalProps {
  readonly id: number;
  readonly moment: number | null;
  /** The signal as the chart shows it at that moment, where it does. */
  readonly shown: Signal | undefined;
  readonly onClose: () => void;
}

/** Why a signal was issued: the patterns it rests on, its prices, how it went, and what its class was worth so far. */
export function WhySignal({ id, moment, shown, onClose }: WhySignalProps) {
  const query = useQuery({
    queryKey: ['signal', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/signals/{id}', { params: { path: { id } }, signal })),
  });
  const { why: texts } = useTexts().eye;
  if (query.data === undefined)
    return <Waiting error={query.error} retry={() => void query.refetch()} onClose={onClose} />;
  if (moment !== null && timeOf(query.data.knownAt) > moment)
    return (
      <>
        <WhyHead title={texts.title} onClose={onClose} />
        <p className={css['nothing']}>{texts.notKnown}</p>
      </>
    );
  return <Explained signal={moment === null ? query.data : (shown ?? query.data)} onClose={onClose} />;
}

function Explained({ signal, onClose }: { readonly signal: Signal; readonly onClose: () => void }) {
  const { eye } = useTexts();
  const texts = eye.why;
  const { status, direction } = signal;
  return (
    <article aria-label={texts.title}>
      <WhyHead
        title={direction === 'bullish' ? eye.sides.buy : eye.sides.sell}
        direction={direction}
        note={`${eye.origins[signal.origin]} · ${signal.strategy ?? signal.timeframe}`}
        state={eye.signalStatuses[status]}
        isAlive={isRunning(signal)}
        onClose={onClose}
      />
      <SignalFacts signal={signal} />
      <Part title={texts.plan}>
        <PlanTable
          entry={signal.entry}
          stop={signal.stopLoss}
          targets={signal.targets}
          riskPercent={signal.riskPercent}
          entersAtOnce={signal.entersAtOnce}
          targetsHit={signal.targetsHit}
        />
      </Part>
      {signal.basis.length > 0 && <Basis signal={signal} />}
      <Part title={texts.rule}>
        <p>{signal.rule}</p>
        {signal.isRetrospective && <p className={css['hint']}>{texts.retrospective}</p>}
        {signal.isAmbiguous && <p className={css['hint']}>{texts.ambiguous}</p>}
        {signal.hash !== null && (
          <p className={css['hash']}>
            <a href={`/verify/${signal.hash}`}>{texts.proof}</a> <code>{signal.hash.slice(0, 16)}…</code>
          </p>
        )}
      </Part>
      <Record signal={signal} />
      <More to={`/signals/${signal.id}`}>{texts.details}</More>
    </article>
  );
}

function SignalFacts({ signal }: { readonly signal: Signal }) {
  const { eye } = useTexts();
  const texts = eye.why;
  const format = useFormat();
  const result = new Intl.NumberFormat(format.locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  return (
    <Facts>
      {signal.class !== null && (
        <Fact name={texts.class}>
          {signal.reliability === null ? '' : `${signal.reliability} · `}
          {eye.classes[signal.class]}
        </Fact>
      )}
      {signal.score > 0 && <Fact name={texts.score}>{texts.scoreOf(format.count(signal.score))}</Fact>}
      <Fact name={texts.known}>
        <At time={signal.knownAt} />
      </Fact>
      <Fact name={texts.issued}>
        <At time={signal.issuedAt} />
      </Fact>
      {signal.triggeredAt === null ? (
        <Fact name={texts.validUntil}>
          <At time={signal.validUntil} />
        </Fact>
      ) : (
        <Fact name={texts.entered}>
          <At time={signal.triggeredAt} />
        </Fact>
      )}
      {signal.endedAt !== null && (
        <Fact name={texts.ended}>
          <At time={signal.endedAt} />
        </Fact>
      )}
      {signal.outcomeR !== null && (
        <Fact name={texts.outcome} isFigure>
          {texts.outcomeValue(result.format(signal.outcomeR))}
        </Fact>
      )}
    </Facts>
  );
}

function Basis({ signal }: { readonly signal: Signal }) {
  const { eye } = useTexts();
  const format = useFormat();
  return (
    <Part title={eye.why.basis}>
      <table className={css['plan']}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{eye.overlay.patterns}</span>
            </th>
            <th scope="col">{eye.why.zone}</th>
            <th scope="col">{eye.why.strength}</th>
          </tr>
        </thead>
        <tbody>
          {signal.basis.map((one) => (
            <tr key={`${one.timeframe} ${one.code} ${one.knownAt}`}>
              <th scope="row">{eye.why.basisOf(one.code, one.timeframe)}</th>
              <td>
                {format.price(one.zone.bottom)} – {format.price(one.zone.top)}
              </td>
              <td>{Math.round(one.strength)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

/** What was measured of signals like this one, and of the agreement they rest on. */
function Record({ signal }: { readonly signal: Signal }) {
  const { eye } = useTexts();
  const name = signal.class === null ? (signal.strategy ?? '') : eye.classes[signal.class];
  return (
    <ReliabilityCard
      record={signal.record}
      of={eye.reliability.signals(name, eye.origins[signal.origin])}
      agreement={signal.classRecord ?? undefined}
      independent={{ worth: signal.independentConfirmations, timeframes: signal.score }}
    />
  );
}
