import { PencilRuler } from 'lucide-react';
import { Link } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { type Strategy, strategyPath } from '../kinds';
import { Lab } from '../Lab';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { useStrategies } from '../useStrategies';
import { useSides } from './useSides';

/** What can be run: what is built in, and what a person wrote. */
export function StrategiesPage() {
  const { strategies: words } = useLabTexts();
  const query = useStrategies();
  return (
    <Lab
      section="strategies"
      gate="account"
      aside={
        <Link href="/backtest/strategies/new" className={css['primary']}>
          {words.new}
        </Link>
      }
    >
      <Loaded title={words.builtIn} of={query}>
        {(strategies) => (
          <>
            <Own strategies={strategies.filter(({ isOwn }) => isOwn)} />
            <BuiltIn strategies={strategies.filter(({ isOwn }) => !isOwn)} />
          </>
        )}
      </Loaded>
    </Lab>
  );
}

function BuiltIn({ strategies }: { readonly strategies: readonly Strategy[] }) {
  const { strategies: words } = useLabTexts();
  const format = useFormat();
  const sidesOf = useSides();
  return (
    <Panel title={words.builtIn}>
      <DataTable isTall>
        <thead>
          <tr>
            <th scope="col" className={table['wide']}>
              {words.strategy}
            </th>
            <th scope="col">{words.parameters}</th>
            <th scope="col">{words.directions}</th>
            <th scope="col" className={table['number']}>
              {words.warmUp}
            </th>
            <th scope="col">
              <span className="visually-hidden">{words.run}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {strategies.map((one) => (
            <tr key={one.key} data-strategy={one.key}>
              <th scope="row" className={table['wide']}>
                <Link href={strategyPath(one.key)}>{one.title}</Link>
                <span className={table['under']} lang="en">
                  {one.meaning}
                </span>
              </th>
              <td className={css['wraps']}>{one.parameters.map(({ name }) => name).join(', ') || '–'}</td>
              <td>{sidesOf(one.directions)}</td>
              <td className={table['number']}>{format.count(one.warmUpBars)}</td>
              <td>
                <Link href={`/backtest?strategy=${one.key}`} aria-label={words.runOf(one.title)}>
                  {words.run}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}

function Own({ strategies }: { readonly strategies: readonly Strategy[] }) {
  const { strategies: words } = useLabTexts();
  return (
    <Panel title={words.own}>
      {strategies.length === 0 ? (
        <Notice icon={PencilRuler} title={words.none} hint={words.noneHint}>
          <Link href="/backtest/strategies/new">{words.new}</Link>
        </Notice>
      ) : (
        <DataTable isTall>
          <thead>
            <tr>
              <th scope="col" className={table['wide']}>
                {words.strategy}
              </th>
              <th scope="col">{words.entry}</th>
              <th scope="col" className={table['number']}>
                {words.version}
              </th>
              <th scope="col">{words.changed}</th>
              <th scope="col">
                <span className="visually-hidden">{words.run}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {strategies.map((one) => (
              <tr key={one.key} data-strategy={one.key}>
                <th scope="row" className={table['wide']}>
                  <Link href={strategyPath(one.key)}>{one.title}</Link>
                  {one.note && <span className={table['under']}>{one.note}</span>}
                </th>
                <td>
                  <code>{one.formulas?.entry}</code>
                </td>
                <td className={table['number']}>{one.version}</td>
                <td>{one.changedAt && <Instant at={one.changedAt} />}</td>
                <td>
                  <Link href={`/backtest?strategy=${one.key}`} aria-label={words.runOf(one.title)}>
                    {words.run}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}
