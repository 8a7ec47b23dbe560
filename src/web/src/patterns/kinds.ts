import type { Schemas } from '../api/client';

export type PatternKind = Schemas['PatternKind'];
export type Direction = Schemas['Direction'];

export const patternKinds = [
  'fairValueGap',
  'orderBlock',
  'liquiditySweep',
  'breakerBlock',
  'mitigationBlock',
] as const satisfies readonly PatternKind[];

/** The short words that addresses and channels use. */
export const codeOf: { readonly [kind in PatternKind]: string } = {
  fairValueGap: 'FVG',
  orderBlock: 'OB',
  liquiditySweep: 'SWEEP',
  breakerBlock: 'BREAKER',
  mitigationBlock: 'MITIGATION',
};

/** How a kind is written in the address of the page that teaches it. */
export const slugOf = (kind: PatternKind): string =>
  kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const kindOfSlug = (slug: string): PatternKind | undefined =>
  patternKinds.find((kind) => slugOf(kind) === slug);

export const teachingPath = (kind: PatternKind): string => `/learn/patterns/${slugOf(kind)}`;

/** Rising and falling are told by an arrow too, never by colour alone. */
export const arrowOf: { readonly [direction in Direction]: string } = {
  bullish: '▲',
  bearish: '▼',
  neutral: '–',
};
