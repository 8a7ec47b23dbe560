import { FlaskConical, GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Ask } from '../../parts/form/Ask';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { More } from '../../records/More';
import type { RunSummary } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { type RunKind, useRunDeeds, useRuns } from '../useRuns';
import { RunRow } from './RunRow';

const mostCompared = 8;

/** What was run before: opened, laid side by side, or deleted. */
export function RunsPanel({ kind }: { readonly kind: RunKind }) {
  const { runs: words, deleting } = useLabTexts();
  const format = useFormat();
  const [, navigate] = useLocation();
  const query = useRuns(kind);
  const deeds = useRunDeeds();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<RunSummary | null>(null);
  // A search has no curve to lay beside another.
  const isCompared = kind !== 'optimisation';
  const choose = (id: string) =>
    setChosen((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id]));
  return (
    <Loaded title={words.title[kind]} of={{ ...query, data: query.items }}>
      {(items) => (
        <Panel
          title={words.title[kind]}
          action={
            chosen.length > 0 && (
              <Button
                disabled={chosen.length < 2 || chosen.length > mostCompared}
                onClick={() => navigate(`/backtest/compare?ids=${chosen.join(',')}`)}
              >
                <GitCompareArrows size={14} aria-hidden="true" />
                {words.compare(format.count(chosen.length))}
              </Button>
            )
          }
        >
          {items.length === 0 ? (
            <Notice icon={FlaskConical} title={words.none[kind]} hint={words.noneHint} />
          ) : (
            <>
              <DataTable isTall>
                <thead>
                  <tr>
                    {isCompared && (
                      <th scope="col">
                        <span className="visually-hidden">{words.choose}</span>
                      </th>
                    )}
                    <th scope="col" className={`${table['wide']} ${css['what']}`}>
                      {words.what}
                    </th>
                    <th
                      scope="col"
                      className={`${table['number']} ${css['mayBreak']}`}
                      title={words.outOfSampleHint[kind]}
                    >
                      {words.outOfSample}
                    </th>
                    <th scope="col" className={`${table['number']} ${table['spare']}`}>
                      {words.inSample}
                    </th>
                    <th
                      scope="col"
                      className={`${table['number']} ${css['mayBreak']}`}
                      title={words.deflatedHint}
                    >
                      {words.deflated}
                    </th>
                    <th scope="col" className={`${table['number']} ${table['spare']}`}>
                      {words.drawdown}
                    </th>
                    <th scope="col" className={`${table['number']} ${table['spare']}`}>
                      {words.trades}
                    </th>
                    <th scope="col" className={table['spare']}>
                      {words.made}
                    </th>
                    <th scope="col">
                      <span className="visually-hidden">{deleting.action}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((run) => (
                    <RunRow
                      key={run.backtestId}
                      run={run}
                      isChosen={chosen.includes(run.backtestId)}
                      onChoose={isCompared ? () => choose(run.backtestId) : undefined}
                      onDelete={() => setAsked(run)}
                    />
                  ))}
                </tbody>
              </DataTable>
              <More of={query} shown={items.length} />
            </>
          )}
          {asked && (
            <Ask
              title={deleting.ask(asked.title ?? asked.backtestId)}
              text={words.deleteHint}
              action={deleting.action}
              work={() => deeds.remove(asked.backtestId)}
              onClose={() => setAsked(null)}
            />
          )}
        </Panel>
      )}
    </Loaded>
  );
}
