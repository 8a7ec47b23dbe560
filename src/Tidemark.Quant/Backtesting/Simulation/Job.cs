using Tidemark.Quant.Strategies;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Backtesting;

/// <summary>One strategy with its settings in one market.</summary>
sealed record Job(StrategyDescription Strategy, StrategyArguments Arguments, BacktestInput Input, BacktestSettings Settings)
{
    /// <summary>A job that makes sense; any other is refused.</summary>
    public static Job Of(StrategyDescription strategy, IReadOnlyDictionary<string, double>? parameters, BacktestInput input, BacktestSettings settings)
    {
        var job = new Job(strategy, strategy.With(parameters), input, settings.Checked());
        return job.Directions == TradeDirections.None
            ? throw new BacktestException($"{strategy.Title} trades {Word(strategy.Directions)} only, and the settings allow {Word(settings.Direction)} only")
            : job;
    }

    public TradeDirections Directions => Settings.Direction & Strategy.Directions;

    /// <summary>What the strategy asks for, then what the engine itself needs.</summary>
    public IReadOnlyList<ColumnRequest> Columns => [.. Strategy.Columns(Arguments), .. EngineColumns.Of(Settings)];

    static string Word(TradeDirections directions) => directions == TradeDirections.Long ? "long" : "short";
}

/// <summary>What the engine itself needs computed.</summary>
static class EngineColumns
{
    const int RangeBars = 14;

    public static IEnumerable<ColumnRequest> Of(BacktestSettings settings) =>
        settings.Slippage.Kind == SlippageKind.Volatility ? [ColumnRequests.AverageRange(RangeBars)] : [];
}

/// <summary>The column stores of an input, one a symbol; the room is shared equally.</summary>
sealed class ColumnStores(BacktestInput input, long room)
{
    readonly ColumnStore[] stores =
        [.. input.Symbols.Select(symbol => new ColumnStore(symbol.Candles, input.Timeframe, room / input.Symbols.Count))];

    readonly Lock access = new();
    (int From, int Until, int[] Ends)? days;

    /// <summary>The last bars of the UTC days of the first symbol between two bars; kept for whoever asks for the same bars next.</summary>
    public int[] DayEnds(int from, int until)
    {
        lock (access)
        {
            if (days is not { } kept || kept.From != from || kept.Until != until)
            {
                days = kept = (from, until, Curve.DayEndsOf(input.Symbols[0].Candles.Times, from, until));
            }

            return kept.Ends;
        }
    }

    public IReadOnlyList<Column> Of(int symbol, IReadOnlyList<ColumnRequest> requests, CancellationToken stop) => requests.Count == 1
        ? stores[symbol].Of(requests[0], stop)
        : [.. requests.SelectMany(request => stores[symbol].Of(request, stop))];
}
