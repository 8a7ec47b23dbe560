/** How an output of an indicator is drawn. */
export type Stroke = 'line' | 'bars' | 'dots' | 'marks';

interface Drawing {
  /** The outputs that share the scale they are drawn on; the others are figures of another kind, or lines drawn twice. */
  readonly shown?: readonly string[];
  readonly strokes?: { readonly [output: string]: Stroke };
  /** Where the indicator is said to have gone far. */
  readonly levels?: readonly number[];
}

/** What the catalogue does not say about drawing; an indicator that is not here is drawn with all it gives, as lines. */
const drawings: { readonly [name: string]: Drawing } = {
  KAMA: { shown: ['kama'] },
  HTL: { shown: ['trendline', 'smoothPrice'] },
  ADX: { shown: ['adx', 'plus', 'minus'], levels: [25] },
  AROON: { shown: ['up', 'down'] },
  GATOR: { shown: ['upper', 'lower'], strokes: { upper: 'bars', lower: 'bars' } },
  SUPERTREND: { shown: ['line'] },
  PSAR: { shown: ['sar'], strokes: { sar: 'dots' } },
  ATRSTOP: { shown: ['stop'] },
  VOLSTOP: { shown: ['stop'] },
  RSI: { levels: [30, 70] },
  STOCH: { shown: ['k', 'd'], levels: [20, 80] },
  STOCHRSI: { levels: [20, 80] },
  CRSI: { shown: ['connorsRsi'], levels: [10, 90] },
  WILLR: { levels: [-80, -20] },
  CCI: { levels: [-100, 100] },
  CMO: { levels: [-50, 50] },
  UO: { levels: [30, 70] },
  SMI: { levels: [-40, 40] },
  STC: { levels: [25, 75] },
  MACD: { shown: ['histogram', 'macd', 'signal'], strokes: { histogram: 'bars' } },
  ROC: { shown: ['roc'], levels: [0] },
  TRIX: { shown: ['trix'], levels: [0] },
  AO: { shown: ['oscillator'], strokes: { oscillator: 'bars' } },
  DPO: { shown: ['dpo'], levels: [0] },
  ELDERRAY: { shown: ['bull', 'bear'], strokes: { bull: 'bars', bear: 'bars' } },
  ATR: { shown: ['atr'] },
  CHOP: { levels: [38.2, 61.8] },
  BB: { shown: ['upper', 'middle', 'lower'] },
  KELTNER: { shown: ['upper', 'middle', 'lower'] },
  DONCHIAN: { shown: ['upper', 'middle', 'lower'] },
  DEVCHANNEL: { shown: ['upper', 'middle', 'lower'] },
  MFI: { levels: [20, 80] },
  ADL: { shown: ['adl'] },
  CMF: { shown: ['cmf'], levels: [0] },
  CHAIKIN: { shown: ['oscillator'], levels: [0] },
  PVO: { shown: ['histogram', 'pvo', 'signal'], strokes: { histogram: 'bars' } },
  FRACTAL: { strokes: { bear: 'dots', bull: 'dots' } },
  PIVOTS: { shown: ['high', 'low'], strokes: { high: 'dots', low: 'dots' } },
  ZIGZAG: { shown: ['point'] },
  STDDEV: { shown: ['deviation'] },
  SLOPE: { shown: ['slope'], levels: [0] },
  SMAERROR: { shown: ['mad'] },
  HURST: { levels: [0.5] },
  SHAPE: { shown: ['bodyShare', 'upperShare', 'lowerShare'] },
  HEIKINASHI: { shown: ['open', 'close'] },
  RENKO: { shown: ['close'] },
  DOJI: { strokes: { match: 'marks' } },
  MARUBOZU: { strokes: { match: 'marks' } },
};

export const isShown = (indicator: string, output: string): boolean =>
  drawings[indicator]?.shown?.includes(output) ?? true;

export const strokeOf = (indicator: string, output: string): Stroke =>
  drawings[indicator]?.strokes?.[output] ?? 'line';

export const levelsOf = (indicator: string): readonly number[] => drawings[indicator]?.levels ?? [];
