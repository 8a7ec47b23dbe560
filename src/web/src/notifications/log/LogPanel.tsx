import { ScrollText, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Badge } from '../../parts/Badge';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { More } from '../../records/More';
import records from '../../records/Records.module.css';
import css from './Log.module.css';
import { StoryDialog } from './StoryDialog';
import {
  type Delivery,
  kinds,
  type LogFilter,
  parseLogFilter,
  statuses,
  toneOfStatus,
  useDeliveries,
} from './useDeliveries';

/** What became of each notification, for a person to read. */
export function LogPanel() {
  const { log: words } = useTexts().notices;
  const [params, setParams] = useSearchParams();
  const filter = parseLogFilter(params);
  const query = useDeliveries(filter);
  const [chosen, choose] = useState<number | null>(null);
  const put = (name: keyof LogFilter, value: string) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const isFiltered = filter.channel !== null || filter.status !== null;
  return (
    <Panel title={words.title} note={words.note}>
      <FilterBar filter={filter} onPut={put} />
      <Loaded title={words.title} of={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length > 0)
            return (
              <>
                <div className={css['log']}>
                  <LogTable items={items} onOpen={choose} />
                </div>
                <More of={query} shown={items.length} />
              </>
            );
          return isFiltered ? (
            <Notice icon={SearchX} title={words.nothing} hint="">
              <Button onClick={() => setParams(new URLSearchParams('view=log'), { replace: true })}>
                {words.reset}
              </Button>
            </Notice>
          ) : (
            <Notice icon={ScrollText} title={words.none} hint={words.noneHint} />
          );
        }}
      </Loaded>
      {chosen !== null && <StoryDialog id={chosen} onClose={() => choose(null)} />}
    </Panel>
  );
}

interface FilterBarProps {
  readonly filter: LogFilter;
  readonly onPut: (name: keyof LogFilter, value: string) => void;
}

function FilterBar({ filter, onPut }: FilterBarProps) {
  const { log: words, channels } = useTexts().notices;
  return (
    <div className={`${records['filter']} ${css['filter']}`}>
      <select
        aria-label={words.channel}
        value={filter.channel ?? ''}
        onChange={({ target }) => onPut('channel', target.value)}
      >
        <option value="">{words.anyChannel}</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {channels[kind].name}
          </option>
        ))}
      </select>
      <select
        aria-label={words.status}
        value={filter.status ?? ''}
        onChange={({ target }) => onPut('status', target.value)}
      >
        <option value="">{words.anyStatus}</option>
        {statuses.map((status) => (
          <option key={status} value={status}>
            {words.statuses[status]}
          </option>
        ))}
      </select>
    </div>
  );
}

interface LogTableProps {
  readonly items: readonly Delivery[];
  readonly onOpen: (id: number) => void;
}

function LogTable({ items, onOpen }: LogTableProps) {
  const { log: words } = useTexts().notices;
  return (
    <DataTable isTall>
      <thead>
        <tr>
          <th scope="col" className={table['spare']}>
            {words.at}
          </th>
          <th scope="col" className={table['wide']}>
            {words.what}
          </th>
          <th scope="col">{words.channel}</th>
          <th scope="col">{words.status}</th>
          <th scope="col" className={`${table['number']} ${table['spare']}`}>
            {words.took}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <LogRow key={item.id} item={item} onOpen={() => onOpen(item.id)} />
        ))}
      </tbody>
    </DataTable>
  );
}

function LogRow({ item, onOpen }: { readonly item: Delivery; readonly onOpen: () => void }) {
  const { log: words, channels, kinds: names } = useTexts().notices;
  const format = useFormat();
  const title = item.title ?? words.withheld;
  return (
    <tr className={records['row']} data-delivery={item.id} data-status={item.status}>
      <td className={`${table['quiet']} ${table['spare']}`}>
        <Instant at={item.createdAt} />
      </td>
      <th scope="row" className={table['wide']}>
        <button
          type="button"
          className={`${records['pick']} ${css['title']}`}
          aria-label={words.open(title)}
          onClick={onOpen}
        >
          {title}
        </button>
        <span className={table['under']}>
          {item.why === null ? names[item.kind] : <span lang="en">{item.why}</span>}
        </span>
      </th>
      <td>{channels[item.channel].name}</td>
      <td>
        <Badge tone={toneOfStatus[item.status]}>{words.statuses[item.status]}</Badge>
      </td>
      <td className={`${table['number']} ${table['spare']}`}>
        {item.latencyMs === null ? '–' : format.milliseconds(item.latencyMs)}
      </td>
    </tr>
  );
}
