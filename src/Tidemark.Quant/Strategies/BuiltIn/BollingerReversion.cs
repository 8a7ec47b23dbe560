using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies.BuiltIn;

/// <summary>Buys below the lower band and leaves at the middle.</summary>
readonly struct BollingerReversion(Column middle, Column upper, Column lower, TradeDirections directions) : IStrategy
{
    public static StrategyDescription Description { get; } = new StrategyDescription
    {
        Name = "bollinger",
        Title = "Bollinger mean reversion",
        Meaning = "Buys a close below the lower band and sells once the close is back at the mean.",
        Definition =
            """
            Bands of `multiplier` population standard deviations around the mean of `period` closes.
            Without a position, a close below the lower band enters long, a close above the upper band enters short where shorts are allowed.
            A long position is closed when the close is at or above the mean, a short one when it is at or below it.
            """,
        Parameters =
        [
            StrategyParameter.Whole("period", "Period", 20, 2, 5_000),
            StrategyParameter.Number("multiplier", "Deviations", 2, 0.01, 100, 0.25),
        ],
        WarmUp = (arguments, _) => arguments.Whole(0),
        Columns = arguments => [ColumnRequests.Bollinger(arguments.Whole(0), arguments[1])],
    }.RunBy(setup => new BollingerReversion(setup.Columns[0], setup.Columns[1], setup.Columns[2], setup.Directions));

    public void OnBar(in Moment bar, ref OrderPad orders)
    {
        switch (bar.Side)
        {
            case Side.Flat when bar.Close < bar.Value(lower) && directions.Allow(Side.Long):
                orders.Buy();
                break;
            case Side.Flat when bar.Close > bar.Value(upper) && directions.Allow(Side.Short):
                orders.Sell();
                break;
            case Side.Long when bar.Close >= bar.Value(middle):
            case Side.Short when bar.Close <= bar.Value(middle):
                orders.Exit();
                break;
        }
    }
}
