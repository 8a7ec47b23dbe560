import { useEffect, useState } from 'react';
import { useTexts } from '../../../i18n/Texts';
import { Segmented } from '../../../parts/Segmented';
import type { MarketRow } from '../../board';
import type { Timeframe } from '../../timeframes';
import { EyePanel } from '../eye/EyePanel';
import { nameOf } from '../overlay/parts';
import type { useEye } from '../useEye';
import { MarketSide } from './MarketSide';
import css from './SidePanel.module.css';

interface ChartSideProps {
  readonly symbol: string;
  readonly market: MarketRow | undefined;
  readonly timeframe: Timeframe;
  readonly eye: ReturnType<typeof useEye>;
}

type Tab = 'patterns' | 'market';

/** Beside the chart: what the eye sees on it, or the market it is of. */
export function ChartSide({ symbol, market, timeframe, eye }: ChartSideProps) {
  const { overlay: texts } = useTexts().eye;
  const [tab, setTab] = useTab();
  const chosen = nameOf(eye.chosen);
  useEffect(() => {
    if (chosen !== '') setTab('patterns');
  }, [chosen, setTab]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <aside className={css['side']} id="chart-side" aria-label={texts.sideTabs} tabIndex={0}>
      <div className={css['tabs']}>
        <Segmented
          label={texts.sideTabs}
          choices={[
            ['patterns', texts.patterns],
            ['market', texts.market],
          ]}
          value={tab}
          onChange={setTab}
        />
      </div>
      {tab === 'patterns' ? (
        <EyePanel symbol={symbol} eye={eye} />
      ) : (
        <MarketSide symbol={symbol} market={market} timeframe={timeframe} />
      )}
    </aside>
  );
}

const storageKey = 'tidemark.chart.side';

/** Kept in this browser. */
function useTab() {
  const [tab, setTab] = useState<Tab>(() => {
    try {
      return localStorage.getItem(storageKey) === 'market' ? 'market' : 'patterns';
    } catch {
      return 'patterns';
    }
  });
  useEffect(() => {
    try {
      localStorage.setItem(storageKey, tab);
    } catch {
      // A browser that stores nothing has it until the page is closed.
    }
  }, [tab]);
  return [tab, setTab] as const;
}
