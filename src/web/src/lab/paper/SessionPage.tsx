import { SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ApiError } from '../../api/ApiError';
import { useFormat } from '../../format/useFormat';
import { useServerNow } from '../../live/live';
import { Ago } from '../../parts/Ago';
import { Button } from '../../parts/Button';
import { Ask } from '../../parts/form/Ask';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { CurveChart, useCurveFigures } from '../curves/CurveChart';
import { ProvenanceWord } from '../data/Origin';
import type { PaperSession } from '../kinds';
import { Lab } from '../Lab';
import css from '../Lab.module.css';
import { columnOf } from '../result/curvesOf';
import { TradeTable } from '../result/TradeTable';
import { mostListed } from '../result/useTrades';
import { useLabTexts } from '../useLabTexts';
import { LedgerPanel } from './LedgerPanel';
import { SessionBadge } from './PaperPage';
import { ParityPanel } from './ParityPanel';
import { usePaperDeeds, useSession, useSessionEquity, useSessionTrades } from './usePaper';

/** One session as it stands: money, position, trades, and how far it agrees with a backtest of the same days. */
export function SessionPage({ id }: { readonly id: number }) {
  const { paper: words } = useLabTexts();
  const query = useSession(id);
  const session = query.data;
  const isGone = session === undefined && query.error instanceof ApiError && query.error.status === 404;
  return (
    <Lab
      section="paper"
      gate="account"
      title={session?.title ?? words.session}
      lead={
        session && (
          <>
            {session.symbol} · {session.timeframe} · {session.source} ·{' '}
            <ProvenanceWord of={session.provenance} />
          </>
        )
      }
      aside={session && <Actions of={session} />}
    >
      {isGone ? (
        <Notice icon={SearchX} title={words.gone} hint={words.goneHint}>
          <Link href="/backtest/paper">{words.sessions}</Link>
        </Notice>
      ) : (
        <Loaded title={words.session} of={query}>
          {(data) => (
            <>
              {data.waits && (
                <p className={css['caution']} lang="en">
                  {data.waits}
                </p>
              )}
              <div className={css['columns']}>
                <div className={css['column']}>
                  <EquityPanel of={data} />
                  <Trades id={id} />
                  <LedgerPanel id={id} />
                </div>
                <div className={css['column']}>
                  <StandingPanel of={data} />
                  <ParityPanel id={id} />
                </div>
              </div>
            </>
          )}
        </Loaded>
      )}
    </Lab>
  );
}

function Actions({ of }: { readonly of: PaperSession }) {
  const { paper: words, deleting } = useLabTexts();
  const [, navigate] = useLocation();
  const deeds = usePaperDeeds();
  const [asked, setAsked] = useState<'close' | 'end' | null>(null);
  const isStopped = of.status === 'stopped';
  return (
    <span className={css['tools']}>
      <SessionBadge of={of} />
      {!isStopped && of.position !== null && of.closesByHandSince === null && (
        <Button onClick={() => setAsked('close')}>{words.close}</Button>
      )}
      <Button onClick={() => setAsked('end')}>{isStopped ? deleting.action : words.stop}</Button>
      {asked === 'close' && (
        <Ask
          title={words.closeAsk}
          text={words.closeHint}
          action={words.close}
          work={() => deeds.close(of.id)}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'end' && (
        <Ask
          title={isStopped ? deleting.ask(of.title) : words.stopAsk}
          text={isStopped ? words.deleteHint : words.stopHint}
          action={isStopped ? deleting.action : words.stop}
          work={async () => {
            if (!isStopped) return deeds.stop(of.id);
            await deeds.remove(of.id);
            navigate('/backtest/paper');
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </span>
  );
}

function StandingPanel({ of }: { readonly of: PaperSession }) {
  const { paper: words, trades } = useLabTexts();
  const format = useFormat();
  const now = useServerNow();
  const money = (value: number) => format.fixed(value, 2);
  const { position } = of;
  return (
    <Panel
      title={words.standing}
      note={
        <>
          {words.fedUntil} <Ago at={of.fedUntil} now={now} />
        </>
      }
    >
      <dl className={css['figures']}>
        <div>
          <dt>{words.equity}</dt>
          <dd data-equity={of.equity}>{money(of.equity)}</dd>
        </div>
        <div>
          <dt>{words.return}</dt>
          <dd className={of.totalReturn > 0 ? css['rise'] : of.totalReturn < 0 ? css['fall'] : ''}>
            {format.change(of.totalReturn)}
          </dd>
        </div>
        <div>
          <dt>{words.drawdown}</dt>
          <dd>{format.change(-of.maxDrawdownRatio)}</dd>
        </div>
        <div>
          <dt>{words.cash}</dt>
          <dd>{money(of.cash)}</dd>
        </div>
        <div>
          <dt>{words.trades}</dt>
          <dd>{words.wonOf(format.count(of.wins), format.count(of.trades))}</dd>
        </div>
        <div>
          <dt>{words.fees}</dt>
          <dd>{money(of.fees)}</dd>
        </div>
        <div>
          <dt>{words.lag}</dt>
          <dd>{format.milliseconds(of.lagMilliseconds)}</dd>
        </div>
        <div>
          <dt>{words.candles}</dt>
          <dd>{format.count(of.candles)}</dd>
        </div>
      </dl>
      <div className={css['body']}>
        <p>
          {position === null
            ? words.flat
            : words.holds(
                (trades.sides as { readonly [side: string]: string })[position.side] ?? position.side,
                format.figure(position.quantity),
                format.price(position.entryPrice),
                money(position.profit),
              )}
        </p>
        {of.closesByHandSince !== null && (
          <p className={css['text']} data-by-hand>
            {words.closes}
          </p>
        )}
        {of.pending.map((order) => (
          <p key={order} className={css['text']}>
            {words.waiting} <span lang="en">{order}</span>
          </p>
        ))}
        {of.assumptions.map((text) => (
          <p key={text} className={css['text']} lang="en" data-assumed>
            {text}
          </p>
        ))}
      </div>
    </Panel>
  );
}

function EquityPanel({ of }: { readonly of: PaperSession }) {
  const { paper: words, result } = useLabTexts();
  const query = useSessionEquity(of.id);
  const { money, share } = useCurveFigures();
  const rows = query.data?.points;
  const curves = useMemo(
    () =>
      rows === undefined
        ? undefined
        : [
            { id: 'paper', name: words.equity, colour: 3, pane: 0 as const, points: columnOf(rows, 1) },
            {
              id: 'drawdown',
              name: result.curves.drawdown,
              colour: 3,
              pane: 1 as const,
              points: columnOf(rows, 2, -1),
            },
          ],
    [rows, words.equity, result.curves.drawdown],
  );
  return (
    <Loaded title={words.equity} of={{ data: curves, error: query.error, refetch: query.refetch }}>
      {(shown) => (
        <Panel title={words.equity} note={words.notMoney}>
          {shown[0] && shown[0].points.length > 1 ? (
            <CurveChart
              label={words.equity}
              curves={shown}
              value={(pane, value) => (pane === 0 ? money(value) : share(value))}
              height={300}
            />
          ) : (
            <p className={css['wait']}>{words.noCurve(of.timeframe)}</p>
          )}
        </Panel>
      )}
    </Loaded>
  );
}

function Trades({ id }: { readonly id: number }) {
  const { paper: words } = useLabTexts();
  const format = useFormat();
  const query = useSessionTrades(id);
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <Loaded title={words.trades} of={query}>
      {({ trades, isCut }) => (
        <>
          <TradeTable trades={trades} chosen={chosen} onChoose={setChosen} none={words.noTrade} />
          {isCut && <p className={css['text']}>{words.tradesCut(format.count(mostListed))}</p>}
        </>
      )}
    </Loaded>
  );
}
