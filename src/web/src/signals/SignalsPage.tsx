import { Radio, SearchX } from 'lucide-react';
import { useRef } from 'react';
import { useSearchParams } from 'wouter';
import { Locked } from '../accounts/subscription/Locked';
import { useGate } from '../accounts/subscription/useGate';
import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import { Notice } from '../parts/Notice';
import { Page } from '../parts/Page';
import { Panel } from '../parts/Panel';
import { Locks } from '../patterns/sight/Locks';
import { Refused } from '../patterns/sight/Refused';
import { useSight } from '../patterns/sight/useSight';
import { Export } from '../records/Export';
import { More } from '../records/More';
import records from '../records/Records.module.css';
import { Split } from '../records/Split';
import { useChosen, useSettled } from '../records/useChosen';
import { useRowKeys } from '../records/useRowKeys';
import { useWide } from '../records/useWide';
import { Views } from '../records/Views';
import { asQuery, parseFilter, type Signal, writeFilter } from './filter';
import { Refresh } from './Refresh';
import { SignalFilterBar } from './SignalFilterBar';
import { SignalSide } from './SignalSide';
import { SignalTable } from './SignalTable';
import { useSignals } from './useSignals';

export function SignalsPage() {
  const { signals: texts } = useTexts().pages;
  const isOpen = useGate('signals.read') === 'open';
  return (
    <Page title={texts.title} lead={texts.lead} aside={isOpen && <Refresh />} isFull>
      <Locked entitlement="signals.read">
        <List isOpen={isOpen} />
      </Locked>
    </Page>
  );
}

function List({ isOpen }: { readonly isOpen: boolean }) {
  const { accounts, pages } = useTexts();
  const { signals: texts, records: words } = pages;
  const [params, setParams] = useSearchParams();
  const filter = parseFilter(params);
  const search = writeFilter(filter).toString();
  const put = (text: string) => setParams(new URLSearchParams(text), { replace: true });
  const query = useSignals(filter, isOpen);
  const [chosen, choose] = useChosen();
  const isWide = useWide();
  const box = useRef<HTMLDivElement>(null);
  useRowKeys(box);
  const locks = useSight()?.locks ?? [];
  const { items } = query;
  if (items === undefined && query.error !== null)
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  const picked =
    items?.find((signal) => signal.id === chosen) ?? (isWide && chosen === null ? items?.[0] : undefined);
  const isCut = locks.some((lock) => lock.entitlement === 'signals.read');
  return (
    <>
      <SignalFilterBar filter={filter} onChange={(next) => put(writeFilter(next).toString())} />
      <div className={records['bar']}>
        <Views list="signals" search={search} onPick={put} />
        <div className={records['tools']}>
          <p className={records['keys']} aria-hidden="true">
            <kbd>↑</kbd> <kbd>↓</kbd> {words.keyMove} <kbd>↵</kbd> {texts.keyOpen}
          </p>
          <Export path="/api/v1/signals" query={asQuery(filter, Date.now())} />
        </div>
      </div>
      <Split
        label={texts.side}
        isWide={isWide}
        chosen={chosen}
        onClose={() => choose(null)}
        side={<Side of={picked} />}
        list={
          <div ref={box} className={records['dense']}>
            <Panel title={texts.title} isBare>
              {items?.length === 0 ? (
                <Notice
                  icon={search === '' ? Radio : SearchX}
                  title={search === '' ? texts.none : words.noMatch}
                  hint={search === '' ? texts.noneHint : words.noMatchHint}
                >
                  {search !== '' && <Button onClick={() => put('')}>{words.clear}</Button>}
                </Notice>
              ) : (
                <SignalTable signals={items} chosen={picked?.id ?? null} onChoose={choose} />
              )}
              {items !== undefined && (
                <More
                  of={query}
                  shown={items.length}
                  end={isCut ? words.planEnds(accounts.subscription.entitlements['signals.read']) : null}
                />
              )}
              <Locks locks={locks} of={['symbols', 'signals.read']} />
            </Panel>
            <p className={records['honest']}>{texts.honest}</p>
          </div>
        }
      />
    </>
  );
}

/** What is chosen, once the choice has settled. */
function Side({ of }: { readonly of: Signal | undefined }) {
  const { signals: texts } = useTexts().pages;
  const settled = useSettled(of, 150);
  const shown = settled?.id === of?.id ? of : settled;
  if (shown === undefined)
    return <Notice icon={Radio} title={texts.nothingChosen} hint={texts.nothingChosenHint} />;
  return <SignalSide signal={shown} />;
}
