import { useEffect, useRef } from 'react';
import { timeframes } from '../timeframes';
import type { ChartTools } from './ChartToolbar';

/** 1 to 8 choose the timeframe, / the symbol, i an indicator, l the scale, f the full screen; j and k go through patterns, Escape lets go, a leads to the past and back, b to an alert. */
export function useChartKeys(tools: ChartTools): void {
  const latest = useRef(tools);
  useEffect(() => {
    latest.current = tools;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      const now = latest.current;
      const timeframe = timeframes[Number(event.key) - 1];
      if (timeframe !== undefined) now.changeTimeframe(timeframe);
      else if (event.key === '/') now.findSymbol();
      else if (event.key === 'i') now.findIndicator();
      else if (event.key === 'l') now.toggleLogarithmic();
      else if (event.key === 'f') now.toggleFullScreen?.();
      else if (event.key === 'j') now.stepChosen(1);
      else if (event.key === 'k') now.stepChosen(-1);
      else if (event.key === 'a') now.toggleMoment();
      else if (event.key === 'b') now.alertMe();
      else if (event.key === 'Escape') now.letGo();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

/** Somebody types, or a dialog is open: the letter is meant for that. */
const isElsewhere = (target: EventTarget | null) =>
  (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'range') ||
  target instanceof HTMLSelectElement ||
  document.querySelector('dialog[open]') !== null;
