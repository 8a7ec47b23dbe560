import { BellPlus, SearchX } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { explainError } from '../../accounts/explainError';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import formCss from '../../parts/form/Form.module.css';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { Export } from '../../records/Export';
import { More } from '../../records/More';
import records from '../../records/Records.module.css';
import { SymbolChoice } from '../../records/SymbolChoice';
import css from '../Alerts.module.css';
import { describe } from '../describe';
import { bodyOf, valuesOf } from '../form/values';
import { type Alert, statuses } from '../kinds';
import { AlertTable } from './AlertTable';
import { type AlertFilter, parseFilter, useAlertDeeds, useAlerts } from './useAlerts';

/** A person's alerts: what they wait for, how they stand, and what can be done with them. */
export function ListPanel() {
  const texts = useTexts();
  const { list: words, title } = texts.alerts;
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const filter = parseFilter(params);
  const query = useAlerts(filter);
  const deeds = useAlertDeeds();
  const [deleted, setDeleted] = useState<Alert | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const act = async (deed: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await deed();
      return true;
    } catch (error) {
      setProblem(explainError(error, texts));
      return false;
    }
  };
  const remove = async (alert: Alert) => {
    if (await act(() => deeds.remove(alert))) setDeleted(alert);
  };
  // What was deleted is made again as it was; what it told before stays in the history.
  const undo = async (alert: Alert) => {
    if (await act(() => deeds.make(bodyOf(valuesOf(alert))))) setDeleted(null);
  };
  const isFiltered = filter.status !== null || filter.symbol !== '';
  return (
    <Panel title={title} isBare>
      <FilterBar filter={filter} />
      <div role="status">
        {deleted && (
          <p className={css['undo']}>
            {words.deleted(`${deleted.market}, ${describe(deleted, texts, format)}`)}
            <Button onClick={() => void undo(deleted)}>{words.undo}</Button>
          </p>
        )}
      </div>
      <div role="alert" className={formCss['alert']}>
        {problem && <p className={formCss['problem']}>{problem}</p>}
      </div>
      <Loaded title={title} of={query}>
        {({ pages }) => {
          const alerts = pages.flatMap((page) => page.alerts);
          if (alerts.length > 0)
            return (
              <>
                <AlertTable
                  alerts={alerts}
                  onPause={(alert) => void act(() => deeds.pause(alert))}
                  onResume={(alert) => void act(() => deeds.resume(alert))}
                  onDelete={(alert) => void remove(alert)}
                />
                <More of={query} shown={alerts.length} />
              </>
            );
          return isFiltered ? (
            <Notice icon={SearchX} title={words.nothing} hint="">
              <Button onClick={() => setParams({}, { replace: true })}>{words.reset}</Button>
            </Notice>
          ) : (
            <Notice icon={BellPlus} title={words.none} hint={words.noneHint}>
              <Link href="/alerts/new" className={css['new']}>
                {texts.alerts.new}
              </Link>
            </Notice>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function FilterBar({ filter }: { readonly filter: AlertFilter }) {
  const { alerts: texts } = useTexts();
  const [, setParams] = useSearchParams();
  const put = (name: keyof AlertFilter, value: string) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <div className={`${records['bar']} ${css['filter']}`}>
      <div className={records['filter']}>
        <select
          aria-label={texts.list.state}
          value={filter.status ?? ''}
          onChange={({ target }) => put('status', target.value)}
        >
          <option value="">{texts.list.anyStatus}</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {texts.statuses[status]}
            </option>
          ))}
        </select>
        <SymbolChoice value={filter.symbol} onChange={(symbol) => put('symbol', symbol)} />
      </div>
      <Export path="/api/v1/alerts/me" query={{}} />
    </div>
  );
}
