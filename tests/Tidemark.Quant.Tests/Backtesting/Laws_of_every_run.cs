using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

public sealed class Laws_of_every_run
{
    const int Bars = 600;

    [Fact]
    public void Later_bars_change_nothing_that_was_before() => Hold(seed =>
    {
        var run = new Run(seed);
        var known = Bars / 2;
        var shuffled = Shuffled(run.Bars, known, seed);

        var one = run.Result(run.Bars);
        var other = run.Result(shuffled);

        other.Equity.Take(known).ShouldBe(one.Equity.Take(known));
        Before(other, known).ShouldBe(Before(one, known));
    });

    [Fact]
    public void Bar_by_bar_and_all_at_once_are_the_same_to_the_last_bit() => Hold(seed =>
    {
        var run = new Run(seed);
        var session = BacktestSession.Start(run.Strategy, run.Parameters, Timeframe.H1, run.Settings with { CloseAtEnd = false }, "X");
        var (minute, funding) = (0, 0);
        for (var i = 0; i < run.Bars.Count; i++)
        {
            var bar = run.Bars[i];
            var (firstMinute, firstFunding) = (minute, funding);
            for (; minute < run.Minutes.Count && run.Minutes[minute].OpenTime < bar.OpenTime + Timeframe.H1.Milliseconds; minute++)
            {
            }

            for (; funding < run.Funding.Length && run.Funding[funding].Time < bar.OpenTime + Timeframe.H1.Milliseconds; funding++)
            {
            }

            session.Next(bar, run.Minutes.Slice(firstMinute, minute - firstMinute), run.Funding.AsSpan(firstFunding, funding - firstFunding));
        }

        Bytes(session.Result()).ShouldBe(Bytes(run.Result(run.Bars, run.Settings with { CloseAtEnd = false })));
    });

    [Fact]
    public void Money_and_positions_always_make_the_equity() => Hold(seed =>
    {
        var run = new Run(seed);
        var result = run.Result(run.Bars);
        var ledger = result.Ledger;

        Near(ledger.InitialCash + ledger.GrossResult + ledger.Funding - ledger.Fees + ledger.Unrealised, ledger.FinalEquity);
        result.Equity[^1].ShouldBe(ledger.FinalEquity);
        foreach (var bar in new[] { Bars / 3, Bars / 2, Bars - 1 })
        {
            Near(EquityOf(run.Result(run.Bars.Slice(0, bar + 1), run.Settings with { CloseAtEnd = false })), run.Result(run.Bars, run.Settings with { CloseAtEnd = false }).Equity[bar]);
        }
    });

    [Fact]
    public void Fees_and_funding_of_trades_make_those_of_the_ledger() => Hold(seed =>
    {
        var run = new Run(seed);
        var result = run.Result(run.Bars);

        Near(result.Trades.Sum(trade => trade.EntryFee + trade.ExitFee) + result.OpenPositions.Sum(open => open.EntryFee), result.Ledger.Fees);
        Near(result.Trades.Sum(trade => trade.Funding) + result.OpenPositions.Sum(open => open.Funding), result.Ledger.Funding);
        Near(result.Trades.Sum(trade => trade.GrossResult), result.Ledger.GrossResult);
    });

    [Fact]
    public void A_trial_earns_what_a_full_run_earns() => Hold(seed =>
    {
        var run = new Run(seed);
        var result = run.Result(run.Bars);
        var trial = new TrialRunner(run.Strategy, run.Input(run.Bars.All()), run.Settings).Run(run.Parameters);

        trial.FinalEquity.ShouldBe(result.Ledger.FinalEquity);
        trial.DailyReturns.ShouldBe(result.DailyReturns);
        (trial.Trades, trial.Fees, trial.WasLiquidated).ShouldBe((result.Trades.Count, result.Ledger.Fees, result.WasLiquidated));
        (trial.GrossProfit, trial.GrossLoss).ShouldBe((result.Statistics.GrossProfit, result.Statistics.GrossLoss));
    });

    [Fact]
    public void The_same_fingerprint_gives_the_same_bytes() => Hold(seed =>
    {
        var (one, other) = (new Run(seed), new Run(seed));
        var (first, second) = (one.Result(one.Bars), other.Result(other.Bars));

        second.Fingerprint.ShouldBe(first.Fingerprint);
        Bytes(second).ShouldBe(Bytes(first));
        one.Result(one.Bars, one.Settings with { InitialCash = 9_999 }).Fingerprint.ShouldNotBe(first.Fingerprint);
        one.Result(one.Bars.Slice(0, Bars - 1)).Fingerprint.ShouldNotBe(first.Fingerprint);
    });

    [Fact]
    public void A_part_run_on_shared_columns_is_the_run_of_that_part() => Hold(seed =>
    {
        var run = new Run(seed);
        var period = new TrialPeriod(run.Bars.Times[Bars / 4], run.Bars.Times[3 * Bars / 4]);
        var runner = new TrialRunner(run.Strategy, run.Input(run.Bars.All()), run.Settings);

        var part = runner.Result(run.Parameters, period, 5_000);

        var alone = Backtester.Run(
            run.Strategy, run.Parameters, run.Input(run.Bars.Slice(0, 3 * Bars / 4), period.From), run.Settings with { InitialCash = 5_000 }, TestContext.Current.CancellationToken);
        part.Equity.ShouldBe(alone.Equity);
        part.Trades.ShouldBe(alone.Trades);
        runner.Run(run.Parameters, period).DailyReturns.Length.ShouldBe(part.DailyReturns.Count);
    });

    static void Hold(Action<int> law) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(2_026, 1_121), Prop.ForAll(Markets.Seeds, law));

    static string Bytes(BacktestResult result) => JsonSerializer.Serialize(result);

    static List<Trade> Before(BacktestResult result, int bar) => [.. result.Trades.Where(trade => trade.ExitBar < bar)];

    static double EquityOf(BacktestResult result) =>
        result.Ledger.InitialCash
        + result.Trades.Sum(trade => trade.Result)
        + result.OpenPositions.Sum(open => open.UnrealisedResult + open.Funding);

    static void Near(double value, double expected) => Math.Abs(value - expected).ShouldBeLessThanOrEqualTo(1e-9 * Math.Max(10_000, Math.Abs(expected)));

    static CandleSeries Shuffled(CandleSeries bars, int from, int seed)
    {
        var later = Enumerable.Range(from, bars.Count - from).ToArray();
        new Random(seed).Shuffle(later);
        var shuffled = new CandleSeries(bars.Count);
        for (var i = 0; i < bars.Count; i++)
        {
            shuffled.Append((i < from ? bars[i] : bars[later[i - from]]) with { OpenTime = bars.Times[i] });
        }

        return shuffled;
    }

    /// <summary>One market with settings and a strategy, all drawn from a seed.</summary>
    sealed class Run
    {
        readonly int seed;
        readonly bool looksInside;

        public Run(int seed)
        {
            this.seed = seed;
            looksInside = seed % 2 == 0;
            Bars = Markets.Hours(seed, Laws_of_every_run.Bars);
            (Strategy, Parameters) = Markets.Strategy(seed);
            Settings = Markets.Settings(seed).For(Strategy);
            Funding = seed % 3 == 0 ? Markets.Funding(seed, Bars) : [];
            Minutes = looksInside ? Markets.Quarters(seed, Bars) : new CandleSeries(0);
        }

        public CandleSeries Bars { get; }

        public CandleSeries Minutes { get; }

        public FundingPoint[] Funding { get; }

        public StrategyDescription Strategy { get; }

        public IReadOnlyDictionary<string, double> Parameters { get; }

        public BacktestSettings Settings { get; }

        public BacktestInput Input(CandleSlice bars, long tradeFrom = long.MinValue) =>
            new(Timeframe.H1, new BacktestSymbol("X", bars) { Minutes = Minutes.All(), Funding = Funding }) { TradeFrom = tradeFrom };

        public BacktestResult Result(CandleSeries bars, BacktestSettings? settings = null) =>
            Backtester.Run(
                Strategy,
                Parameters,
                new BacktestInput(Timeframe.H1, new BacktestSymbol("X", bars.All()) { Minutes = looksInside ? Markets.Quarters(seed, bars).All() : default, Funding = Funding }),
                settings ?? Settings,
                TestContext.Current.CancellationToken);

        public BacktestResult Result(CandleSlice bars, BacktestSettings? settings = null) =>
            Backtester.Run(Strategy, Parameters, Input(bars), settings ?? Settings, TestContext.Current.CancellationToken);
    }
}
