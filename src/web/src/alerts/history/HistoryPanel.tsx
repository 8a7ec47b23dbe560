import { History, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Badge, type Tone } from '../../parts/Badge';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { Export } from '../../records/Export';
import { More } from '../../records/More';
import records from '../../records/Records.module.css';
import { SymbolChoice } from '../../records/SymbolChoice';
import css from '../Alerts.module.css';
import type { Trigger } from '../kinds';
import { StampsDialog } from './StampsDialog';
import { useHistory } from './useHistory';

/** What alerts told, and what became of the price; of one alert, or of all. */
export function HistoryPanel({ of = null }: { readonly of?: number | null }) {
  const { history: words, list } = useTexts().alerts;
  const [params, setParams] = useSearchParams();
  const symbol = of === null ? (params.get('symbol') ?? '') : '';
  const query = useHistory(of, symbol);
  const [chosen, choose] = useState<Trigger | null>(null);
  const show = (next: string) =>
    setParams(next === '' ? { view: 'history' } : { view: 'history', symbol: next }, { replace: true });
  return (
    <Panel title={of === null ? words.title : words.ofOne} note={words.note}>
      <div className={`${records['bar']} ${css['filter']}`}>
        <div className={records['filter']}>
          {of === null && <SymbolChoice value={symbol} onChange={show} />}
        </div>
        <Export path="/api/v1/alerts/me/history" query={of === null ? {} : { alert: of }} />
      </div>
      <Loaded title={words.title} of={query}>
        {({ pages }) => {
          const triggers = pages.flatMap((page) => page.items);
          if (triggers.length > 0)
            return (
              <>
                <TriggerTable triggers={triggers} onOpen={choose} />
                <More of={query} shown={triggers.length} />
              </>
            );
          return symbol === '' ? (
            <Notice icon={History} title={words.none} hint={words.noneHint} />
          ) : (
            <Notice icon={SearchX} title={words.nothing} hint="">
              <Button onClick={() => show('')}>{list.reset}</Button>
            </Notice>
          );
        }}
      </Loaded>
      {chosen && <StampsDialog trigger={chosen} onClose={() => choose(null)} />}
    </Panel>
  );
}

interface TriggerTableProps {
  readonly triggers: readonly Trigger[];
  readonly onOpen: (trigger: Trigger) => void;
}

function TriggerTable({ triggers, onOpen }: TriggerTableProps) {
  const { history: words } = useTexts().alerts;
  const spare = `${table['number']} ${table['spare']}`;
  return (
    <div className={css['rows']}>
      <DataTable isTall>
        <thead>
          <tr>
            <th scope="col" className={table['spare']}>
              {words.at}
            </th>
            <th scope="col" className={table['wide']}>
              {words.what}
            </th>
            <th scope="col" className={table['number']}>
              {words.price}
            </th>
            <th scope="col" className={spare}>
              {words.took}
            </th>
            <th scope="col">{words.verdict}</th>
            <th scope="col" className={spare}>
              {words.hour}
            </th>
            <th scope="col" className={spare}>
              {words.day}
            </th>
          </tr>
        </thead>
        <tbody>
          {triggers.map((trigger) => (
            <Row key={trigger.id} trigger={trigger} onOpen={() => onOpen(trigger)} />
          ))}
        </tbody>
      </DataTable>
    </div>
  );
}

const tones: { readonly [verdict: string]: Tone } = { RIGHT: 'good', WRONG: 'bad', UNKNOWN: 'quiet' };

function Row({ trigger, onOpen }: { readonly trigger: Trigger; readonly onOpen: () => void }) {
  const { history: words } = useTexts().alerts;
  const format = useFormat();
  const { verdict, stamps, moveHour, moveDay } = trigger;
  const spare = `${table['number']} ${table['spare']}`;
  return (
    <tr className={records['row']} data-trigger={trigger.id}>
      <td className={`${table['quiet']} ${table['spare']}`}>
        <Instant at={trigger.triggeredAt} />
      </td>
      <th scope="row" className={table['wide']}>
        <button
          type="button"
          className={`${records['pick']} ${css['what']}`}
          aria-label={words.open(trigger.description)}
          onClick={onOpen}
        >
          <span lang="en">{trigger.description}</span>
        </button>
        <span className={table['under']}>
          {[trigger.late ? words.late : '', trigger.withheld === null ? '' : words.withheld, trigger.source]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </th>
      <td className={table['number']}>
        {trigger.currentPrice === null ? '–' : format.price(trigger.currentPrice)}
      </td>
      <td className={spare}>{stamps.latencyMs === null ? '–' : format.milliseconds(stamps.latencyMs)}</td>
      <td>
        {verdict === null ? (
          <span className={table['quiet']}>{words.notYet}</span>
        ) : (
          <Badge tone={tones[verdict] ?? 'quiet'}>{words.verdicts[verdict]}</Badge>
        )}
      </td>
      <td className={spare}>{moveHour === null ? '–' : format.change(moveHour)}</td>
      <td className={spare}>{moveDay === null ? '–' : format.change(moveDay)}</td>
    </tr>
  );
}
