import type { Messages } from '../../../i18n/english';
import type { Candle } from '../candles/series';
import { type Pattern, timeOf } from '../overlay/parts';

interface Writing {
  readonly price: (value: number) => string;
  readonly share: (ratio: number) => string;
  readonly moment: (at: Date) => string;
}

/** Says in sentences, with a pattern's own numbers, why it is there. */
export function reasonsOf(
  pattern: Pattern,
  candles: readonly Candle[],
  texts: Messages['eye']['why'],
  { price, share, moment }: Writing,
): string[] {
  const isUp = pattern.direction === 'bullish';
  const [low, high] = [price(pattern.zone.bottom), price(pattern.zone.top)];
  const at = (text: string) => moment(new Date(timeOf(text)));
  const last = candles.at(-1);
  const known = texts.knownReason(at(pattern.knownAt), at(pattern.confirmedAt));
  const formed = at(pattern.formedAt);
  switch (pattern.kind) {
    case 'fairValueGap':
      return [
        isUp ? texts.gapUp(low, high) : texts.gapDown(low, high),
        texts.gapSize(share((pattern.zone.top - pattern.zone.bottom) / pattern.zone.bottom)),
        known,
      ];
    case 'orderBlock':
      return [
        isUp ? texts.blockUp(formed, low, high) : texts.blockDown(formed, low, high),
        ...(last ? [texts.impulse(price(last.open), price(last.close))] : []),
        known,
      ];
    case 'liquiditySweep': {
      const level = price(pattern.sweptLevel ?? 0);
      return [
        isUp ? texts.sweptLow(level, formed) : texts.sweptHigh(level, formed),
        ...(last
          ? [
              isUp
                ? texts.wickBelow(price(last.low), price(last.close))
                : texts.wickAbove(price(last.high), price(last.close)),
            ]
          : []),
        ...(pattern.levelsSwept > 1 ? [texts.levels(String(pattern.levelsSwept))] : []),
        known,
      ];
    }
    default:
      return [
        pattern.origin === 'orderBlock' ? texts.failedBlock(formed) : texts.failedCandidate(formed),
        isUp ? texts.closedAbove : texts.closedBelow,
        pattern.kind === 'breakerBlock' ? texts.breaker : texts.mitigation,
        known,
      ];
  }
}

export function endOf({ status, direction }: Pattern, texts: Messages['eye']['why']): string | null {
  if (status === 'active') return null;
  if (status !== 'invalidated') return texts.ends[status];
  return direction === 'bullish' ? texts.ends.invalidatedBelow : texts.ends.invalidatedAbove;
}
