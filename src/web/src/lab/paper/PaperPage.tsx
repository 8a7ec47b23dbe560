import { Radio } from 'lucide-react';
import { Link, useSearchParams } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { Badge, type Tone } from '../../parts/Badge';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { ProvenanceWord } from '../data/Origin';
import { useStart } from '../form/useStart';
import { type PaperSession, paperPath } from '../kinds';
import { Lab } from '../Lab';
import { Figure } from '../runs/RunRow';
import { useLabTexts } from '../useLabTexts';
import { NewSession } from './NewSession';
import { useSessions } from './usePaper';

/** Strategies that run on the live market with money that is not there. */
export function PaperPage() {
  return (
    <Lab section="paper" gate="plan">
      <Paper />
    </Lab>
  );
}

function Paper() {
  const { paper: words } = useLabTexts();
  const [params, setParams] = useSearchParams();
  const isNew = params.has('new') || params.has('of') || params.has('strategy');
  return (
    <>
      {isNew ? (
        <Beginning />
      ) : (
        <p>
          <Button kind="primary" onClick={() => setParams({ new: '1' })}>
            {words.new}
          </Button>
        </p>
      )}
      <Sessions />
    </>
  );
}

function Beginning() {
  const { paper: words } = useLabTexts();
  const start = useStart();
  return (
    <Loaded title={words.new} of={start}>
      {(data) => <NewSession {...data} />}
    </Loaded>
  );
}

const tones: { readonly [status in 'running' | 'waiting' | 'stopped']: Tone } = {
  running: 'good',
  waiting: 'warning',
  stopped: 'quiet',
};

export function SessionBadge({ of }: { readonly of: PaperSession }) {
  const { paper: words } = useLabTexts();
  const state = of.status === 'running' && of.waits !== null ? 'waiting' : of.status;
  return <Badge tone={tones[state]}>{words.statuses[state]}</Badge>;
}

function Sessions() {
  const { paper: words } = useLabTexts();
  const format = useFormat();
  const query = useSessions();
  return (
    <Loaded title={words.sessions} of={query}>
      {(sessions) => (
        <Panel title={words.sessions}>
          {sessions.length === 0 ? (
            <Notice icon={Radio} title={words.none} hint={words.noneHint} />
          ) : (
            <DataTable isTall>
              <thead>
                <tr>
                  <th scope="col" className={table['wide']}>
                    {words.session}
                  </th>
                  <th scope="col">{words.state}</th>
                  <th scope="col" className={table['number']}>
                    {words.equity}
                  </th>
                  <th scope="col" className={table['number']}>
                    {words.return}
                  </th>
                  <th scope="col" className={table['number']}>
                    {words.trades}
                  </th>
                  <th scope="col">{words.parity}</th>
                  <th scope="col">{words.started}</th>
                </tr>
              </thead>
              <tbody>
                {sessions.map((one) => (
                  <tr key={one.id} data-session={one.id} data-status={one.status}>
                    <th scope="row" className={table['wide']}>
                      <Link href={paperPath(one.id)}>{one.title}</Link>
                      <span className={table['under']}>
                        {one.symbol} · {one.timeframe} · {one.source} · <ProvenanceWord of={one.provenance} />
                      </span>
                    </th>
                    <td title={one.waits ?? undefined}>
                      <SessionBadge of={one} />
                    </td>
                    <td className={table['number']}>{format.fixed(one.equity, 2)}</td>
                    <Figure value={one.totalReturn} />
                    <td className={table['number']}>{format.count(one.trades)}</td>
                    <td>
                      {one.parity === null
                        ? '–'
                        : one.parity.agreed
                          ? words.agreed
                          : words.differs(format.fixed(one.parity.difference, 2))}
                    </td>
                    <td>
                      <Instant at={one.startedAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </DataTable>
          )}
        </Panel>
      )}
    </Loaded>
  );
}
