import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import { teachingPath } from '../../../patterns/kinds';
import { ReliabilityCard } from '../../../patterns/ReliabilityCard';
import { type Candle, toCandle } from '../candles/series';
import type { Pattern } from '../overlay/parts';
import { useAxisTexts } from '../useAxisTexts';
import { CandleTable } from './CandleTable';
import css from './Eye.module.css';
import { PlanTable } from './PlanTable';
import { At, Fact, Facts, More, Part, Waiting } from './panelParts';
import { endOf, reasonsOf } from './reasons';
import { StrengthBar } from './StrengthBar';
import { WhyHead } from './WhyHead';

interface WhyPatternProps {
  readonly id: number;
  readonly moment: number | null;
  readonly onClose: () => void;
}

/** Why a pattern is there: its rule and candles, how its life went, how earlier ones went, and how it could be traded. */
export function WhyPattern({ id, moment, onClose }: WhyPatternProps) {
  const { why: texts } = useTexts().eye;
  const { moment: write } = useAxisTexts();
  const detail = useQuery({
    queryKey: ['pattern', id, 'live'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/patterns/{id}', { params: { path: { id } }, signal })),
  });
  const then = useQuery({
    queryKey: ['pattern', id, 'as of', moment],
    enabled: moment !== null,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/patterns/{id}/as-of', {
          params: { path: { id }, query: { at: new Date(moment ?? 0).toISOString() } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const error = detail.error ?? (moment === null ? null : then.error);
  if (detail.data === undefined || (moment !== null && then.data === undefined))
    return <Waiting error={error} retry={() => void detail.refetch()} onClose={onClose} />;
  const pattern = moment === null ? detail.data.pattern : (then.data?.pattern ?? null);
  if (pattern === null)
    return (
      <>
        <WhyHead title={texts.title} onClose={onClose} />
        <div className={css['nothing']}>
          <p>{texts.notKnown}</p>
          <p className={css['hint']}>{texts.notKnownHint(write(new Date(moment ?? 0)))}</p>
        </div>
      </>
    );
  return <Explained pattern={pattern} candles={detail.data.candles.map(toCandle)} onClose={onClose} />;
}

interface ExplainedProps {
  readonly pattern: Pattern;
  readonly candles: readonly Candle[];
  readonly onClose: () => void;
}

function Explained({ pattern, candles, onClose }: ExplainedProps) {
  const { eye } = useTexts();
  const texts = eye.why;
  const format = useFormat();
  const { moment } = useAxisTexts();
  const { kind, direction, timeframe, status } = pattern;
  const reasons = reasonsOf(pattern, candles, texts, {
    price: format.price,
    share: format.share,
    moment,
  });
  const end = endOf(pattern, texts);
  return (
    <article aria-label={texts.title}>
      <WhyHead
        title={eye.kinds[kind]}
        direction={direction}
        note={`${timeframe} · ${eye.directions[direction]}`}
        state={eye.statuses[status]}
        isAlive={status === 'active'}
        onClose={onClose}
      />
      <Facts>
        <Fact name={texts.zone} isFigure>
          {format.price(pattern.zone.bottom)} – {format.price(pattern.zone.top)}
        </Fact>
        <Fact name={texts.formed}>
          <At time={pattern.formedAt} />
        </Fact>
        <Fact name={texts.confirmed}>
          <At time={pattern.confirmedAt} />
        </Fact>
        <Fact name={texts.known}>
          <At time={pattern.knownAt} />
        </Fact>
        <Fact name={texts.touched}>
          {pattern.touchedAt === null ? texts.notYet : <At time={pattern.touchedAt} />}
        </Fact>
        <Fact name={texts.fill} isFigure>
          {format.share(pattern.fillPercent / 100)}
        </Fact>
        {pattern.endedAt === null ? (
          <Fact name={texts.expires}>
            <At time={pattern.expiresAt} />
          </Fact>
        ) : (
          <Fact name={texts.ended}>
            <At time={pattern.endedAt} />
          </Fact>
        )}
        {end !== null && <p className={css['end']}>{end}</p>}
      </Facts>
      <StrengthBar strength={pattern.strength} />
      <Part title={texts.reasons}>
        <ul className={css['reasons']}>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        <dl className={css['rule']}>
          <dt>{texts.rule}</dt>
          <dd>{pattern.rule}</dd>
          <dt>{texts.parameters}</dt>
          <dd>{pattern.parameters}</dd>
        </dl>
        <CandleTable candles={candles} anchor={Date.parse(pattern.formedAt)} />
      </Part>
      <Part title={texts.plan}>
        {pattern.plan === null ? (
          <p className={css['hint']}>{texts.noPlan}</p>
        ) : (
          <PlanTable
            entry={pattern.plan.entry}
            stop={pattern.plan.stop}
            targets={pattern.plan.targets}
            riskPercent={pattern.plan.riskPercent}
            entersAtOnce={pattern.plan.entersAtOnce}
          />
        )}
      </Part>
      <ReliabilityCard
        record={pattern.record}
        of={eye.reliability.what(eye.kinds[kind], timeframe, eye.directions[direction])}
      />
      <More to={teachingPath(kind)}>{texts.learn(eye.kinds[kind])}</More>
    </article>
  );
}
