/** Numbers as a trader reads them. Every function takes the locale first-class: nothing guesses. */

/** Decimals follow the size: 64,218.5 · 187.42 · 1.2345 · 0.00001234. */
export function formatPrice(price: number, locale: string): string {
  if (!Number.isFinite(price)) return '–';
  const decimals = priceDecimals(Math.abs(price));
  return fixed(locale, decimals).format(price);
}

export function priceDecimals(size: number): number {
  if (size === 0) return 2;
  if (size >= 10_000) return 1;
  if (size >= 100) return 2;
  if (size >= 1) return 4;
  // Four significant digits below one, however small.
  return Math.min(12, 3 - Math.floor(Math.log10(size)));
}

/** Prices under one another: all with the decimals of the one they belong to. */
export function formatFixed(value: number, decimals: number, locale: string): string {
  return Number.isFinite(value) ? fixed(locale, decimals).format(value) : '–';
}

/** A computed figure of any size: four digits where it has decimals, a short form where it is large. */
export function formatFigure(value: number, locale: string): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return '–';
  if (size >= 100_000) return formatCompact(value, locale);
  const decimals = size === 0 ? 2 : Math.min(8, Math.max(1, 3 - Math.floor(Math.log10(size))));
  return fixed(locale, Math.min(decimals, size >= 1 ? 2 : decimals)).format(value);
}

/** A very small share, as a spread is: two digits, wherever they begin. */
export function formatSmallShare(ratio: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 }).format(ratio);
}

export function formatCount(value: number, locale: string): string {
  return fixed(locale, 0).format(value);
}

/** For tight places; the full value belongs in the hover text beside it. */
export function formatCompact(value: number, locale: string): string {
  const size = Math.abs(value);
  for (const [limit, unit] of compactUnits) {
    // 999,950 would round to 1,000K: the next unit up reads better.
    if (size >= limit * 0.99995) return `${significant(locale, 3).format(value / limit)}${unit}`;
  }
  return significant(locale, 3).format(value);
}

const compactUnits = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;

/** A change always carries its sign; zero carries none. */
export function formatChange(ratio: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  }).format(ratio);
}

export function formatShare(ratio: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(ratio);
}

/** A duration measured by a program: 0.42 ms · 12.3 ms · 840 ms · 1.24 s. */
export function formatMilliseconds(value: number | null | undefined, locale: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (value >= 1_000) return `${fixed(locale, 2).format(value / 1_000)} s`;
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${fixed(locale, decimals).format(value)} ms`;
}

const kept = new Map<string, Intl.NumberFormat>();

/** Kept, because making one takes longer than using it a hundred times, and prices are written often. */
function fixed(locale: string, decimals: number): Intl.NumberFormat {
  const name = `${locale} ${decimals}`;
  const known = kept.get(name);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  kept.set(name, made);
  return made;
}

const significant = (locale: string, digits: number) =>
  new Intl.NumberFormat(locale, { maximumSignificantDigits: digits, useGrouping: false });
