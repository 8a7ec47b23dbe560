import { useQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { api, type Schemas, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Figure, Figures } from '../../operations/status/Figures';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { Segmented } from '../../parts/Segmented';
import table from '../../parts/Table.module.css';
import { alertsKey, groupOf, mine } from '../kinds';

type KindFigures = Schemas['KindFigures'];

/** How fast and how right alerts are: one's own, or everybody's. */
export function MetricsView() {
  const { metrics: words } = useTexts().alerts;
  const [whose, setWhose] = useState<'mine' | 'all'>('mine');
  return (
    <>
      <div>
        <Segmented
          label={words.whose}
          value={whose}
          choices={[
            ['mine', words.mine],
            ['all', words.all],
          ]}
          onChange={setWhose}
        />
      </div>
      {whose === 'mine' ? <Mine /> : <Everybodys />}
    </>
  );
}

function Mine() {
  const { alerts: texts } = useTexts();
  const { metrics: words, statuses } = texts;
  const format = useFormat();
  const query = useQuery({
    queryKey: [...alertsKey, 'metrics'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/alerts/{userId}/metrics', { params: { path: { userId: mine } }, signal })),
    refetchInterval: 30_000,
  });
  return (
    <Loaded title={words.counts} of={query}>
      {(data) => (
        <>
          <Panel title={words.counts}>
            <Figures>
              <Figure name={statuses.ACTIVE} value={format.count(data.active)} />
              <Figure name={statuses.TRIGGERED} value={format.count(data.triggered)} />
              <Figure name={statuses.PAUSED} value={format.count(data.paused)} />
              <Figure name={statuses.EXPIRED} value={format.count(data.expired)} />
              <Figure name={words.told} value={format.count(data.triggers24h)} note={words.day} />
              <Figure name={words.told} value={format.count(data.triggers7d)} note={words.week} />
              <Figure name={words.told} value={format.count(data.triggers30d)} note={words.month} />
            </Figures>
          </Panel>
          <Quality all={data.all} byKind={data.byKind} />
          {data.bySymbol.length > 0 && <BySymbol rows={data.bySymbol} />}
        </>
      )}
    </Loaded>
  );
}

function Everybodys() {
  const { metrics: words } = useTexts().alerts;
  const query = useQuery({
    queryKey: [...alertsKey, 'figures'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/alerts/figures', { signal })),
    refetchInterval: 30_000,
  });
  return (
    <Loaded title={words.latency} of={query}>
      {(data) => <Quality all={data.all} byKind={data.byKind} />}
    </Loaded>
  );
}

interface QualityProps {
  readonly all: KindFigures;
  readonly byKind: readonly KindFigures[];
}

function Quality({ all, byKind }: QualityProps) {
  const { metrics: words } = useTexts().alerts;
  const format = useFormat();
  if (all.triggers === 0)
    return (
      <Panel title={words.latency}>
        <Notice icon={Gauge} title={words.none} hint={words.noneHint} />
      </Panel>
    );
  return (
    <>
      <Panel title={words.latency} note={words.latencyNote}>
        <Figures>
          <Figure name="p50" value={format.milliseconds(all.latency.p50)} />
          <Figure name="p95" value={format.milliseconds(all.latency.p95)} />
          <Figure name="p99" value={format.milliseconds(all.latency.p99)} />
          <Figure name={words.falseRate} value={falseRate(all, format)} note={checked(all, words, format)} />
          <Figure name={words.late} value={format.count(all.late)} note={words.lateHint} />
        </Figures>
      </Panel>
      <Steps all={all} />
      <ByKind rows={byKind} />
    </>
  );
}

type Format = ReturnType<typeof useFormat>;

const falseRate = ({ falseRate: rate }: KindFigures, format: Format): string =>
  rate === null ? '–' : format.share(rate);

function checked(
  { wrong, checked: count }: KindFigures,
  words: { readonly ofChecked: (wrong: string, checked: string) => string; readonly noneChecked: string },
  format: Format,
): string {
  return count === 0 ? words.noneChecked : words.ofChecked(format.count(wrong), format.count(count));
}

function Steps({ all }: { readonly all: KindFigures }) {
  const { metrics: words } = useTexts().alerts;
  const format = useFormat();
  const steps = ['toReceived', 'toEvaluated', 'toCommitted', 'toSent', 'toAccepted'] as const;
  return (
    <Panel title={words.steps}>
      <DataTable>
        <thead>
          <tr>
            <th scope="col" className={table['wide']}>
              {words.step}
            </th>
            {['p50', 'p95', 'p99'].map((name) => (
              <th key={name} scope="col" className={table['number']}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step}>
              <th scope="row">{words[step]}</th>
              {(['p50', 'p95', 'p99'] as const).map((name) => (
                <td key={name} className={table['number']}>
                  {format.milliseconds(all[step][name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}

function ByKind({ rows }: { readonly rows: readonly KindFigures[] }) {
  const { alerts: texts } = useTexts();
  const { metrics: words, groups, conditions } = texts;
  const format = useFormat();
  const spare = `${table['number']} ${table['spare']}`;
  const move = (median: number | null) => (median === null ? '–' : format.change(median));
  return (
    <Panel title={words.byKind}>
      <DataTable>
        <thead>
          <tr>
            <th scope="col" className={table['wide']}>
              {words.kind}
            </th>
            <th scope="col" className={table['number']}>
              {words.triggers}
            </th>
            <th scope="col" className={table['number']}>
              p95
            </th>
            <th scope="col" className={table['number']} title={words.falseHint}>
              {words.falseRate}
            </th>
            <th scope="col" className={spare} title={words.median}>
              {words.afterHour}
            </th>
            <th scope="col" className={spare} title={words.median}>
              {words.afterDay}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.condition}>
              <th scope="row">
                {row.condition && `${groups[groupOf(row.condition)]}: ${conditions[row.condition]}`}
              </th>
              <td className={table['number']}>{format.count(row.triggers)}</td>
              <td className={table['number']}>{format.milliseconds(row.latency.p95)}</td>
              <td className={table['number']} title={checked(row, words, format)}>
                {falseRate(row, format)}
              </td>
              <td className={spare}>{move(row.medianMoveHour)}</td>
              <td className={spare}>{move(row.medianMoveDay)}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}

function BySymbol({ rows }: { readonly rows: readonly Schemas['SymbolCount'][] }) {
  const { metrics: words, list } = useTexts().alerts;
  const format = useFormat();
  return (
    <Panel title={words.bySymbol}>
      <DataTable>
        <thead>
          <tr>
            <th scope="col" className={table['wide']}>
              {list.symbol}
            </th>
            <th scope="col" className={table['number']}>
              {words.alerts}
            </th>
            <th scope="col" className={table['number']}>
              {words.told} · {words.month}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.market}>
              <th scope="row">{row.market}</th>
              <td className={table['number']}>{format.count(row.alerts)}</td>
              <td className={table['number']}>{format.count(row.triggers30d)}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}
