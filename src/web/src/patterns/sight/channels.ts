import { codeOf, patternKinds } from '../kinds';

/** How much of the patterns the plan shows: which symbols (null is all), and whether every kind. */
export interface Sight {
  readonly symbols: readonly string[] | null;
  readonly hasAllKinds: boolean;
}

/** The channels with changes of patterns that this plan may hear. */
export function patternChannels({ symbols, hasAllKinds }: Sight): string[] {
  if (symbols === null && hasAllKinds) return ['patterns'];
  const codes = hasAllKinds ? patternKinds.map((kind) => codeOf[kind]) : [codeOf.fairValueGap];
  return (symbols ?? []).flatMap((symbol) => codes.map((code) => `patterns:${symbol}:${code}`));
}

/** Those with rows of the matrix; rows of gaps alone where the plan has no other kinds. */
export function matrixChannels({ symbols, hasAllKinds }: Sight): string[] {
  if (symbols === null && hasAllKinds) return ['matrix'];
  return (symbols ?? []).map((symbol) =>
    hasAllKinds ? `matrix:${symbol}` : `matrix:${symbol}:${codeOf.fairValueGap}`,
  );
}

export function signalChannels({ symbols }: Sight): string[] {
  return symbols === null ? ['signals'] : symbols.map((symbol) => `signals:${symbol}`);
}
