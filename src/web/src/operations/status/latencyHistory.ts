import type { Schemas } from '../../api/client';

export interface LatencySample {
  readonly at: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export const longestHistory = 180;

/** Adds what a status says about latency; nothing measured leaves no sample. */
export function remember(
  history: readonly LatencySample[],
  status: Pick<Schemas['SystemStatus'], 'now' | 'api'>,
): readonly LatencySample[] {
  const { p50Ms, p95Ms, p99Ms } = status.api;
  if (p50Ms === null || p95Ms === null || p99Ms === null) return history;
  const sample = { at: Date.parse(status.now), p50: p50Ms, p95: p95Ms, p99: p99Ms };
  return [...history, sample].slice(-longestHistory);
}

/** A line through the samples in a box of the given size, as the points of an SVG polyline. Zero is the bottom. */
export function traceLine(
  samples: readonly LatencySample[],
  value: (sample: LatencySample) => number,
  box: { readonly width: number; readonly height: number; readonly top: number },
): string {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return '';
  const span = Math.max(1, last.at - first.at);
  const ceiling = Math.max(box.top, Number.MIN_VALUE);
  return samples
    .map((sample) => {
      const x = ((sample.at - first.at) / span) * box.width;
      const y = box.height - (Math.min(value(sample), ceiling) / ceiling) * box.height;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}

/** The round figure the scale of a chart ends at: 1, 2 or 5 with zeros, and never below one millisecond. */
export function roundCeiling(highest: number): number {
  const floor = Math.max(1, highest);
  const power = 10 ** Math.floor(Math.log10(floor));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= floor) ?? floor;
}
