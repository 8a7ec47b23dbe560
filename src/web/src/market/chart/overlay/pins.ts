import type { MarkShape } from './drawing';
import type { Labels } from './labels';
import type { Axis } from './scene';

/** A mark at its candle: an arrow below the low that points up, or above the high that points down. */
export interface Pin {
  readonly mark: MarkShape;
  readonly x: number;
  readonly y: number;
}

const away = 10;
const apart = 13;

/** Several marks of one candle stand behind one another. */
export function pinsOf(marks: readonly MarkShape[], axis: Axis): Pin[] {
  const taken = new Map<string, number>();
  const pins: Pin[] = [];
  for (const mark of marks) {
    const reach = axis.reach(mark.known - 1);
    const x = axis.x(mark.known - 1);
    if (reach === null || x < 0 || x > axis.width) continue;
    const place = `${Math.round(x)} ${mark.isUp}`;
    const before = taken.get(place) ?? 0;
    taken.set(place, before + 1);
    const distance = away + before * apart;
    const y = mark.isUp ? axis.y(reach.low) + distance : axis.y(reach.high) - distance;
    pins.push({ mark, x, y });
  }
  return pins;
}

/** The newest first. */
export function markLabels(pins: readonly Pin[], labels: Labels): void {
  for (const { mark, x, y } of [...pins].reverse())
    labels.put({
      text: mark.text,
      x,
      y: y + (mark.isUp ? 14 : -14),
      align: 'middle',
      tone: mark.isUp ? 'rise' : 'fall',
      isStrong: mark.isChosen || (mark.isSignal && mark.isAlive),
      mayMove: mark.isChosen ? 3 : 0,
      of: mark.of,
    });
}
