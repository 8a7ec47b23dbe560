import { defaultHorzScaleBehavior, type IHorzScaleBehavior, type Time } from 'lightweight-charts';
import { type Offset, weigh } from './zone';

type Points = Parameters<IHorzScaleBehavior<Time>['fillWeightsForPoints']>[0];
type Weight = Points[number]['timeWeight'];

/** The chart's time axis with days that begin at the reader's midnight; the library's own begin at that of UTC. */
export class LocalTimeScale extends defaultHorzScaleBehavior() {
  offset: Offset = () => 0;

  override fillWeightsForPoints(points: Points, from: number): void {
    const local = (place: number): number => {
      const utc = Number(points[place]?.originalTime ?? 0) * 1_000;
      return utc + this.offset(utc);
    };
    for (let place = from; place < points.length; place++) {
      const point = points[place];
      // The first point has none before it: the next one tells how far back that would have been.
      const before = place > 0 ? local(place - 1) : 2 * local(0) - local(Math.min(1, points.length - 1));
      if (point !== undefined) point.timeWeight = weigh(local(place), before) as Weight;
    }
  }
}
