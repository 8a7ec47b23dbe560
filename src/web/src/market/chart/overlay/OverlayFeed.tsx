import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/Texts';
import { useChannel } from '../../../live/live';
import { arrowOf } from '../../../patterns/kinds';
import type { Timeframe } from '../../timeframes';
import { withPattern, withSignal } from './hindsight';
import type { Overlay, Pattern, Signal } from './parts';
import { liveOverlayKey } from './useOverlay';

interface OverlayFeedProps {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open time of the newest closed candle: with every other one structure may be another. */
  readonly lastClosed: number | undefined;
}

interface PatternMessage {
  readonly change: string;
  readonly pattern: Pattern;
  readonly isCovered: boolean;
}

/** After a close the server looks at the candle first. */
const afterClose = 1_200;

/** Follows the streams of a symbol as far as the plan lets it, and tells what is new. Draws nothing itself. */
export function OverlayFeed({ symbol, timeframe, lastClosed }: OverlayFeedProps) {
  const cache = useQueryClient();
  const { kinds, directions, overlay: texts } = useTexts().eye;
  const [news, setNews] = useState('');
  const key = liveOverlayKey(symbol, timeframe);
  const change = (how: (overlay: Overlay) => Overlay) =>
    cache.setQueriesData<Overlay>({ queryKey: key }, (overlay) => overlay && how(overlay));
  const readAgain = () => void cache.invalidateQueries({ queryKey: key });
  const patterns = {
    onMessage: (data: unknown) => {
      const { change: what, pattern, isCovered } = data as PatternMessage;
      void cache.invalidateQueries({ queryKey: ['pattern', pattern.id, 'live'] });
      if (pattern.timeframe !== timeframe) return;
      change((overlay) => withPattern(overlay, pattern, isCovered));
      if (what === 'confirmed' && !isCovered)
        setNews(
          texts.new(
            `${arrowOf[pattern.direction]} ${kinds[pattern.kind]}, ${directions[pattern.direction]}`,
            symbol,
            timeframe,
          ),
        );
    },
    onGap: readAgain,
  };
  // A kind that the plan leaves out is refused, and stays silent.
  useChannel(`patterns:${symbol}:FVG`, patterns);
  useChannel(`patterns:${symbol}:OB`, patterns);
  useChannel(`patterns:${symbol}:SWEEP`, patterns);
  useChannel(`patterns:${symbol}:BREAKER`, patterns);
  useChannel(`patterns:${symbol}:MITIGATION`, patterns);
  useChannel(`signals:${symbol}`, {
    onMessage: (data) => {
      const { signal } = data as { signal: Signal };
      void cache.invalidateQueries({ queryKey: ['signal', signal.id] });
      change((overlay) => withSignal(overlay, signal));
    },
    onGap: readAgain,
  });
  useAfter(lastClosed, afterClose, readAgain);
  return (
    <p className="visually-hidden" role="status">
      {news}
    </p>
  );
}

/** A while after a value has become another one. */
function useAfter(value: number | undefined, wait: number, action: () => void): void {
  const before = useRef(value);
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    if (before.current === value || value === undefined) return;
    const isFirst = before.current === undefined;
    before.current = value;
    if (isFirst) return;
    const timer = setTimeout(() => latest.current(), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
}
