import { BellPlus, ChartSpline, ChevronDown, Maximize, Minimize } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/Texts';
import type { MarketRow } from '../board';
import { Change } from '../Change';
import { LivePrice } from '../LivePrice';
import { splitSymbol } from '../symbols';
import { type Timeframe, timeframes } from '../timeframes';
import css from './ChartToolbar.module.css';

/** What can be done with the chart, by button and by key. */
export interface ChartTools {
  readonly finder: 'symbol' | 'indicator' | null;
  readonly findSymbol: () => void;
  readonly findIndicator: () => void;
  readonly closeFinder: () => void;
  /** To the form of an alert at the price of now. */
  readonly alertMe: () => void;
  readonly changeTimeframe: (timeframe: Timeframe) => void;
  readonly isLogarithmic: boolean;
  readonly toggleLogarithmic: () => void;
  readonly isFullScreen: boolean;
  readonly toggleFullScreen: (() => void) | null;
  /** To the next or the previous pattern or signal. */
  readonly stepChosen: (by: 1 | -1) => void;
  readonly letGo: () => void;
  readonly toggleMoment: () => void;
}

interface ChartToolbarProps {
  readonly symbol: string;
  readonly market: MarketRow | undefined;
  readonly timeframe: Timeframe;
  readonly tools: ChartTools;
}

export function ChartToolbar({ symbol, market, timeframe, tools }: ChartToolbarProps) {
  const { chart: texts, alerts } = useTexts();
  const [base, quote] = splitSymbol(symbol);
  const Screen = tools.isFullScreen ? Minimize : Maximize;
  return (
    <div className={css['toolbar']}>
      <div className={css['market']}>
        <h1 className={css['heading']}>
          <button
            type="button"
            className={css['symbol']}
            aria-haspopup="dialog"
            aria-keyshortcuts="/"
            title={`${texts.switchSymbol} (/)`}
            onClick={tools.findSymbol}
          >
            <span>
              {base}
              <span className={css['quote']}>/{quote}</span>
            </span>
            <ChevronDown size={14} aria-hidden="true" />
          </button>
        </h1>
        <p className={css['price']}>
          <LivePrice price={market?.price ?? null} />
          <Change ratio={market?.change24h ?? null} />
        </p>
      </div>
      <div className={css['tools']}>
        <TimeframeSwitch timeframe={timeframe} onChange={tools.changeTimeframe} />
        <Tool
          name={texts.indicators}
          hint={`${texts.indicators} (i)`}
          shortcut="i"
          onClick={tools.findIndicator}
          isDialog
        >
          <ChartSpline size={15} aria-hidden="true" />
          <span className={css['word']}>{texts.indicators}</span>
        </Tool>
        <Tool name={alerts.alertMe} hint={`${alerts.alertMe} (b)`} shortcut="b" onClick={tools.alertMe}>
          <BellPlus size={15} aria-hidden="true" />
        </Tool>
        <Tool
          name={texts.logarithmicHint}
          hint={`${texts.logarithmicHint} (l)`}
          shortcut="l"
          isOn={tools.isLogarithmic}
          onClick={tools.toggleLogarithmic}
        >
          {texts.logarithmic}
        </Tool>
        {tools.toggleFullScreen && (
          <Tool
            name={tools.isFullScreen ? texts.leaveFullScreen : texts.fullScreen}
            hint={`${tools.isFullScreen ? texts.leaveFullScreen : texts.fullScreen} (f)`}
            shortcut="f"
            onClick={tools.toggleFullScreen}
          >
            <Screen size={15} aria-hidden="true" />
          </Tool>
        )}
      </div>
    </div>
  );
}

interface TimeframeSwitchProps {
  readonly timeframe: Timeframe;
  readonly onChange: (timeframe: Timeframe) => void;
}

function TimeframeSwitch({ timeframe, onChange }: TimeframeSwitchProps) {
  const { chart: texts } = useTexts();
  return (
    <fieldset className={css['timeframes']}>
      <legend className="visually-hidden">{texts.timeframe}</legend>
      {timeframes.map((choice, i) => (
        <button
          key={choice}
          type="button"
          className={css['timeframe']}
          aria-pressed={choice === timeframe}
          aria-keyshortcuts={String(i + 1)}
          title={`${choice} (${i + 1})`}
          onClick={() => onChange(choice)}
        >
          {choice}
        </button>
      ))}
    </fieldset>
  );
}

interface ToolProps {
  readonly name: string;
  readonly hint: string;
  readonly shortcut: string;
  readonly isOn?: boolean;
  readonly isDialog?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Tool({ name, hint, shortcut, isOn, isDialog = false, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      className={css['tool']}
      aria-label={name}
      title={hint}
      aria-keyshortcuts={shortcut}
      aria-pressed={isOn}
      aria-haspopup={isDialog ? 'dialog' : undefined}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
