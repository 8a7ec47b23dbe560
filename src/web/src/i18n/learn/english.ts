/** What the pages that teach patterns say; loaded when the first of them is opened. */
export const learnEnglish = {
  marks: {
    first: 'candle 1',
    second: 'candle 2',
    third: 'candle 3',
    gap: 'the gap',
    block: 'the block',
    impulse: 'impulse',
    broken: 'closes beyond the highs',
    level: 'swing low',
    sweep: 'sweep',
    back: 'closes back inside',
    taken: 'lows are taken',
    kept: 'lows are kept',
    failed: 'closes through the block',
    retest: 'price returns',
    entry: 'entry',
    stop: 'stop',
    target: 'target',
  },
  kinds: {
    fairValueGap: {
      lead: 'Three candles in which price moved so fast that it left a gap behind.',
      what: [
        'Between the wick of the first candle and the wick of the third there is a stretch of prices that only the middle candle crossed. Orders there were left unfilled in one direction.',
        'Price often comes back into such a gap. How often, and what it did then, is measured below and not assumed.',
      ],
      find: [
        'Take three consecutive closed candles. Bullish: the high of the first lies below the low of the third. Bearish: the low of the first lies above the high of the third.',
        'The zone reaches from the one wick to the other. Gaps smaller than 0.15 % of the price are left out.',
        'It is known when the third candle closes, and not earlier.',
      ],
      trade: [
        'Wait until price returns. The careful entry is the near edge of the gap, the bolder one its middle.',
        'The stop lies beyond the far edge, with some room: half an average range, at least half a percent.',
        'Targets are once, twice and three times the risk. A close beyond the far edge ends the idea.',
      ],
    },
    orderBlock: {
      lead: 'The last candle against the move before a strong one broke structure.',
      what: [
        'Before a strong rise there is often one last falling candle. Whoever moved the market is thought to have bought there, and may defend it when price returns.',
        'Only impulses that broke structure count: without that, any candle before any move would be a block.',
      ],
      find: [
        'Find an impulse: a candle whose body is more than one and a half times the mean body of the twenty before it.',
        'It must close beyond the highs (bearish: the lows) of the ten candles before it.',
        'The block is the nearest candle of the opposite colour among the three before the impulse. Its zone is its whole range; entries are sought in its body.',
      ],
      trade: [
        'Wait until price returns into the body of the block.',
        'The stop lies beyond the wick of the block.',
        'The target is the previous swing, or twice the risk where there is none in reach. A close beyond the block ends the idea.',
      ],
    },
    liquiditySweep: {
      lead: 'A wick beyond a known high or low, and a close back inside.',
      what: [
        'Stops gather behind obvious highs and lows. When a wick reaches them and the candle closes back inside, the stops were taken and the move did not go on.',
        'Sometimes an impulse the other way follows. Sometimes it does not; below is how often.',
      ],
      find: [
        'Take a swing low that stands out from three candles on each side and has not been passed since, within the last fifty candles. Bearish: a swing high.',
        'A later candle trades beyond the level and closes back on the inner side. Closing exactly at the level, or only touching it, is no sweep.',
        'A level that was taken once is used up.',
      ],
      trade: [
        'Enter after the sweeping candle has closed: it is entered at once, no return is waited for.',
        'The stop lies beyond the wick of the sweep.',
        'The target is the opposite side of the range. A close beyond the wick ends the idea.',
      ],
    },
    breakerBlock: {
      lead: 'An order block that failed, after its own move had taken liquidity.',
      what: [
        'An order block was expected to hold, and price closed through it. Those who traded it are trapped, and the zone may now work the other way round.',
        'It is a breaker when the move away from the block had taken the highs or lows before it: the trap was baited.',
      ],
      find: [
        'Start with an order block, or with an impulse and its candle that did not break structure.',
        'A later candle closes through the whole block.',
        'Before that, its move had gone beyond the extremes of the ten candles before the impulse. The zone stays the same and points the other way.',
      ],
      trade: [
        'Wait until price returns to the zone from its new side.',
        'The entry lies in the body of the old block, the stop beyond its wick.',
        'The target is the previous swing, or twice the risk.',
      ],
    },
    mitigationBlock: {
      lead: 'An order block that failed without its move having taken liquidity.',
      what: [
        'Like a breaker, it is a block that price closed through. Unlike one, the move away from it never reached the highs or lows before it.',
        'Positions that were opened there are under water, and are said to be closed when price returns: they are mitigated.',
      ],
      find: [
        'Start with an order block, or with an impulse and its candle that did not break structure.',
        'A later candle closes through the whole block.',
        'Before that, its move had stayed within the extremes of the ten candles before the impulse.',
      ],
      trade: [
        'Wait until price returns to the zone from its new side.',
        'The entry lies in the body of the old block, the stop beyond its wick.',
        'The target is the previous swing, or twice the risk.',
      ],
    },
  },
  page: {
    lead: 'What each pattern is, how it is found here, and what was measured of it.',
    kinds: 'Patterns',
    what: 'What it is',
    find: 'How to find it',
    trade: 'How to trade it',
    picture: (kind: string, direction: string) => `${kind}, ${direction}: a drawn example`,
    drawn: 'A drawn example, not a market.',
    turned: 'Everything said of the bullish one holds upside down for the bearish one.',
    measured: 'What was measured',
    measuredNote: 'over all symbols of this server',
    timeframe: 'Timeframe',
    direction: 'Direction',
    hit: 'Hit rate',
    fill: 'Fill rate',
    expectancy: 'Expectancy',
    notMeasured: 'Nothing was measured yet.',
    notMeasuredHint:
      'The stored history is counted at the first start and once a day. The figures appear here.',
    negative:
      'An expectancy below zero means that this plan, traded every time and after costs, lost money in the time that was measured.',
    live: 'Active now',
    all: 'All of them',
    none: 'None is active right now.',
    honest:
      'This page teaches how a pattern is defined and how it went. It is no advice, and what was measured in the past is no promise.',
  },
} as const;

type Widen<T> = T extends string
  ? string
  : T extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof T]: Widen<T[Key]> };

export type LearnTexts = Widen<typeof learnEnglish>;
