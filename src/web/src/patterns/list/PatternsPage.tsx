import { Radar, SearchX } from 'lucide-react';
import { useRef } from 'react';
import { useSearchParams } from 'wouter';
import { Locked } from '../../accounts/subscription/Locked';
import { useGate } from '../../accounts/subscription/useGate';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Notice } from '../../parts/Notice';
import { Page } from '../../parts/Page';
import { Panel } from '../../parts/Panel';
import { Export } from '../../records/Export';
import { More } from '../../records/More';
import records from '../../records/Records.module.css';
import { Split } from '../../records/Split';
import { useChosen, useSettled } from '../../records/useChosen';
import { useRowKeys } from '../../records/useRowKeys';
import { useWide } from '../../records/useWide';
import { Views } from '../../records/Views';
import { Locks } from '../sight/Locks';
import { Refused } from '../sight/Refused';
import { useSight } from '../sight/useSight';
import { asQuery, parseFilter, writeFilter } from './filter';
import { PatternFilterBar } from './PatternFilterBar';
import { PatternSide } from './PatternSide';
import { PatternTable } from './PatternTable';
import { usePatterns } from './usePatterns';

export function PatternsPage() {
  const { patterns: texts } = useTexts().pages;
  return (
    <Page title={texts.title} lead={texts.lead} isFull>
      <Locked entitlement="patterns.history">
        <List />
      </Locked>
    </Page>
  );
}

function List() {
  const { accounts, pages } = useTexts();
  const { patterns: texts, records: words } = pages;
  const [params, setParams] = useSearchParams();
  const filter = parseFilter(params);
  const search = writeFilter(filter).toString();
  const put = (text: string) => setParams(new URLSearchParams(text), { replace: true });
  const query = usePatterns(filter, useGate('patterns.history') === 'open');
  const [chosen, choose] = useChosen();
  const isWide = useWide();
  const box = useRef<HTMLDivElement>(null);
  useRowKeys(box);
  const locks = useSight()?.locks ?? [];
  const { items } = query;
  if (items === undefined && query.error !== null)
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  const picked =
    items?.find((pattern) => pattern.id === chosen) ?? (isWide && chosen === null ? items?.[0] : undefined);
  const history = locks.find((lock) => lock.entitlement === 'patterns.history');
  return (
    <>
      <PatternFilterBar filter={filter} onChange={(next) => put(writeFilter(next).toString())} />
      <div className={records['bar']}>
        <Views list="patterns" search={search} onPick={put} />
        <div className={records['tools']}>
          <p className={records['keys']} aria-hidden="true">
            <kbd>↑</kbd> <kbd>↓</kbd> {words.keyMove} <kbd>↵</kbd> {words.keyChart}
          </p>
          <Export path="/api/v1/patterns" query={asQuery(filter, Date.now())} />
        </div>
      </div>
      <Split
        label={texts.side}
        isWide={isWide}
        chosen={chosen}
        onClose={() => choose(null)}
        side={<Side id={picked?.id ?? chosen} of={picked} />}
        list={
          <div ref={box} className={records['dense']}>
            <Panel title={texts.title} isBare>
              {items?.length === 0 ? (
                <Notice
                  icon={search === '' ? Radar : SearchX}
                  title={search === '' ? texts.none : words.noMatch}
                  hint={search === '' ? texts.noneHint : words.noMatchHint}
                >
                  {search !== '' && <Button onClick={() => put('')}>{words.clear}</Button>}
                </Notice>
              ) : (
                <PatternTable patterns={items} chosen={picked?.id ?? null} onChoose={choose} />
              )}
              {items !== undefined && (
                <More
                  of={query}
                  shown={items.length}
                  end={
                    history ? words.planEnds(accounts.subscription.entitlements['patterns.history']) : null
                  }
                />
              )}
              <Locks locks={locks} of={['symbols', 'patterns.kinds', 'patterns.history']} />
            </Panel>
          </div>
        }
      />
    </>
  );
}

interface SideProps {
  readonly id: number | null;
  readonly of: Parameters<typeof PatternSide>[0]['pattern'] | undefined;
}

/** What is chosen, once the choice has settled. */
function Side({ id, of }: SideProps) {
  const settled = useSettled(of, 150);
  const shown = settled?.id === of?.id ? of : settled;
  const { patterns: texts } = useTexts().pages;
  if (shown !== undefined) return <PatternSide pattern={shown} />;
  return id === null ? (
    <Notice icon={Radar} title={texts.nothingChosen} hint={texts.nothingChosenHint} />
  ) : null;
}
