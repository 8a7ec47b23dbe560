using Tidemark.Quant.Indicators;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Symbols;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies.BuiltIn;

/// <summary>Trades the plan of the pattern that made timeframes agree.</summary>
readonly struct SmcConfluence(IReadOnlyList<Column> plan, int waitsFor, TradeDirections directions) : IStrategy
{
    const int BarsOfPatterns = 50;
    const int DirectionColumn = 0, EntryColumn = 1, StopColumn = 2, FirstTarget = 3, AtOnceColumn = 6, Outputs = 7;

    public static StrategyDescription Description { get; } = new StrategyDescription
    {
        Name = "smc",
        Title = "SMC confluence",
        Meaning = "Trades entry, stop and targets of the pattern that made several timeframes agree.",
        Definition =
            """
            Patterns are looked for on the bars' own timeframe and on the standard ones that are made of it. A signal is a pattern whose confirmation makes at least `least_score`
            timeframes agree, a high one among them unless `needs_higher` is 0, and no second one in the same direction within `quiet_hours`.
            The plan of that pattern is the order: a limit at its entry, or the next open where it enters at once, with its stop, and its targets in equal parts.
            An order that has not been filled after `waits_for` bars is withdrawn; a newer signal replaces it, and closes a position the other way.
            """,
        Parameters =
        [
            StrategyParameter.Whole("least_score", "Timeframes that agree", 3, 1, 8),
            StrategyParameter.Whole("needs_higher", "Needs a high timeframe", 1, 0, 1),
            StrategyParameter.Number("quiet_hours", "Quiet hours", 4, 0, 168, 1),
            StrategyParameter.Whole("waits_for", "Bars an order waits", 50, 1, 10_000, 10),
        ],
        WarmUp = (_, timeframe) => BarsOfPatterns * TimeframesFrom(timeframe)[^1].Minutes / timeframe.Minutes,
        Columns = arguments => [Request(new SignalRules(arguments.Whole(0), arguments.Whole(1) == 1, arguments[2]))],
    }.RunBy(setup => new SmcConfluence(setup.Columns, setup.Arguments.Whole(3), setup.Directions));

    public void OnBar(in Moment bar, ref OrderPad orders)
    {
        var way = bar.Value(plan[DirectionColumn]);
        var side = way > 0 ? Side.Long : way < 0 ? Side.Short : Side.Flat;
        if (side == Side.Flat || side == bar.Side)
        {
            return;
        }

        orders.Cancel();
        if (bar.Side != Side.Flat)
        {
            orders.Exit();
        }

        if (directions.Allow(side))
        {
            orders.Place(Ticket(bar, side));
        }
    }

    public int NextActive(int from, int end, Side side) => Scan.FirstOutside(plan[DirectionColumn].Values, from, end, 0, 0);

    OrderTicket Ticket(in Moment bar, Side side) => new(side, bar.Value(plan[AtOnceColumn]) == 1 ? OrderKind.Market : OrderKind.Limit)
    {
        LimitPrice = bar.Value(plan[EntryColumn]),
        ProtectiveStop = bar.Value(plan[StopColumn]),
        Target = bar.Value(plan[FirstTarget]),
        SecondTarget = bar.Value(plan[FirstTarget + 1]),
        ThirdTarget = bar.Value(plan[FirstTarget + 2]),
        GoodForBars = waitsFor,
    };

    // Patterns are looked for on the bars' own timeframe and on those that are made of it; the longest takes the most past.
    static IReadOnlyList<Timeframe> TimeframesFrom(Timeframe bars) => [bars, .. Timeframe.Standard.Where(longer => longer > bars && longer.IsMultipleOf(bars))];

    static ColumnRequest Request(SignalRules rules) => new($"SMC({rules})", Outputs, timeframe => new PlanRunner(timeframe, rules)) { Work = 400 };

    /// <summary>The plan of the signal that each candle makes known; the direction is undefined where it makes none.</summary>
    sealed class PlanRunner(Timeframe timeframe, SignalRules rules) : Runner<Candle>
    {
        readonly SymbolPatterns patterns = new(
            timeframe, TimeframesFrom(timeframe), rules: rules);

        readonly List<Signal> signals = [];

        public override void Next(in Candle input, Span<double> outputs)
        {
            signals.Clear();
            patterns.Next(input, signals);
            outputs.Fill(double.NaN);
            if (signals is not [.., { Plan: var newest }])
            {
                return;
            }

            (outputs[DirectionColumn], outputs[EntryColumn], outputs[StopColumn]) = ((int)newest.Direction, newest.Entry, newest.Stop);
            for (var i = 0; i < Math.Min(newest.Targets.Count, AtOnceColumn - FirstTarget); i++)
            {
                outputs[FirstTarget + i] = newest.Targets[i];
            }

            outputs[AtOnceColumn] = newest.EntersAtOnce ? 1 : 0;
        }
    }
}
