import { type RefObject, useEffect, useRef } from 'react';
import type { ChartView } from './drawing/ChartView';
import type { OverlayShapes } from './overlay/drawing';
import { nameOf } from './overlay/parts';
import type { ChartFocus } from './SideChart';

/** What was chosen is brought into sight, once, as soon as the chart knows where it is. */
export function useReveal(
  view: RefObject<ChartView | null>,
  { zones, marks }: OverlayShapes,
  chosen: ChartFocus | null,
): void {
  const shown = useRef('');
  const name = nameOf(chosen);
  useEffect(() => {
    if (name === '') shown.current = '';
    if (name === '' || shown.current === name) return;
    const zone = zones.find(({ isChosen }) => isChosen);
    const time = zone?.from ?? marks.find(({ isChosen }) => isChosen)?.known;
    if (time === undefined) return;
    shown.current = name;
    view.current?.reveal(time);
  }, [view, name, zones, marks]);
}
