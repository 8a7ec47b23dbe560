using Tidemark.Backtests.Running;
using Tidemark.Backtests.Strategies;
using Tidemark.Market;
using Tidemark.Platform.Api;

namespace Tidemark.Backtests;

public sealed class Too_much_work_is_refused_before_it_is_queued
{
    static readonly DateTimeOffset Until = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static RunOrder Search(string strategy, IReadOnlyDictionary<string, double> parameters, params SearchOrder.Varied[] grid) => new()
    {
        Kind = RunKind.Optimisation,
        Strategy = new ChosenStrategy(strategy, strategy, strategy, null, null, null, null),
        AskedStrategy = strategy,
        Parameters = parameters,
        Symbols = ["BTC/USDT"],
        Asked = ["BTC/USDT"],
        QuoteSubstituted = false,
        Source = "binance",
        Provenance = Provenance.Live,
        Timeframe = "1m",
        From = Until.AddDays(-1_300),
        Until = Until,
        InitialCapital = 10_000,
        Settings = new RunSettings().Complete(),
        WalkForward = true,
        Search = new SearchOrder(SearchKind.Grid, grid, null, 1, SearchMeasure.SharpeRatio, 10),
    };

    static SearchOrder.Varied Whole(string name, int from, int to) => new(name, [.. Enumerable.Range(from, to - from + 1).Select(static value => (double)value)]);

    [Fact]
    public void Columns_that_are_dear_to_compute_count_once_each_for_all_trials()
    {
        // Each of the 1,352 looks for patterns anew; of the other search each two hundred share their RSI.
        var dear = Search("smc", new Dictionary<string, double>(), Whole("quiet_hours", 0, 168), Whole("least_score", 1, 8));
        var cheap = Search("rsi", new Dictionary<string, double>(), Whole("period", 5, 14), Whole("buy_below", 1, 49));

        var refused = Should.Throw<TidemarkException>(() => RunSize.Refuse(dear, dear.Strategy.Describe()));

        refused.Message.ShouldContain("minutes of a processor");
        RunSize.Refuse(cheap, cheap.Strategy.Describe());
        RunSize.Of(cheap).Combinations.ShouldBe(490);
    }
}
