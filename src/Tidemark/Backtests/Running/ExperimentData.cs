using System.Globalization;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Quality;
using Tidemark.Platform.Api;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Running;

/// <summary>The candles of a run, what is missing of them, and what a reader should know and what is assumed of the market.</summary>
public sealed record LoadedMarket(BacktestInput Input, IReadOnlyList<Coverage> Coverage, IReadOnlyList<string> Warnings, IReadOnlyList<string> Assumptions);

/// <summary>Reads the candles a run needs: those of its period, those that warm its indicators up, and minutes where they decide something.</summary>
public sealed class ExperimentData(CandleStore store, QualityTable quality)
{
    const int FewestBefore = 500, TimesTheWarmUp = 4, MostBefore = 50_000;

    /// <summary>Minute candles beside the bars that one run may take.</summary>
    public const long MostMinutes = 2_200_000;

    public async Task<LoadedMarket> Load(RunOrder order, StrategyDescription strategy, CancellationToken stop)
    {
        var timeframe = Timeframe.Parse(order.Timeframe);
        var before = Math.Clamp(TimesTheWarmUp * WarmUp(order, strategy), FewestBefore, MostBefore);
        var (symbols, coverage, warnings) = (new List<BacktestSymbol>(), new List<Coverage>(), new List<string>());
        var wantsMinutes = order.Settings.Intrabar == true && timeframe > Timeframe.M1 && HasBrackets(order);
        if (wantsMinutes && (order.Until - order.From).TotalMinutes * order.Symbols.Count > MostMinutes)
        {
            wantsMinutes = false;
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The period has more than {MostMinutes:N0} minutes: stops and targets inside a bar are told apart by the bar alone, the stop first."));
        }
        foreach (var name in order.Symbols)
        {
            var key = new SeriesKey(new MarketSource(order.Source, order.Provenance), Symbol.Parse(name), timeframe);
            var candles = await store.Load(key, order.From.AddMinutes(-(double)before * timeframe.Minutes), order.Until, stop);
            var first = candles.Times.BinarySearch(order.From.ToUnixTimeMilliseconds());
            first = first < 0 ? ~first : first;
            if (first == candles.Count)
            {
                throw NoCandles.Refusal(key, order.From, order.Until, null, null);
            }
            var covered = await Coverage.Of(key, candles.Slice(first, candles.Count - first), order.From, order.Until, quality, stop);
            var minutes = wantsMinutes ? await store.Load(key with { Timeframe = Timeframe.M1 }, order.From, order.Until, stop) : default;
            if (first < WarmUp(order, strategy))
            {
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: only {first:N0} candles from before the period were there to warm indicators up; decisions begin later."));
            }
            if (covered.ExpectedBars > covered.Bars)
            {
                warnings.Add($"{name}: {covered.Text}");
            }
            symbols.Add(new BacktestSymbol(name, candles) { Minutes = minutes, Rules = order.Rules.GetValueOrDefault(name) });
            coverage.Add(covered with { Minutes = wantsMinutes ? minutes.Count : null });
        }
        if (order.Provenance == Provenance.Synthetic)
        {
            warnings.Add("The prices were made by the simulator: what they did says nothing of a market.");
        }
        if (MarketSteps.CreditWarning(order.Settings) is { } credit)
        {
            warnings.Add(credit);
        }
        return new LoadedMarket(new BacktestInput(timeframe, symbols) { TradeFrom = order.From.ToUnixTimeMilliseconds() }, coverage, warnings, [MarketSteps.NoFunding, .. order.Symbols.Select(name => MarketSteps.Text(name, order.Rules.GetValueOrDefault(name)))]);
    }

    static bool HasBrackets(RunOrder order) => order.Settings.HasBrackets() || order.Strategy.Formulas?.HasBrackets == true || order.Strategy.Name == "smc";

    /// <summary>Bars the strategy wants before it can decide, of all the settings that are tried the longest.</summary>
    static int WarmUp(RunOrder order, StrategyDescription strategy)
    {
        try
        {
            var longest = order.Parameters.ToDictionary(static one => one.Key, static one => one.Value, StringComparer.Ordinal);
            foreach (var varied in order.Search?.Grid ?? [])
            {
                longest[varied.Name] = varied.Values.Max();
            }
            return strategy.WarmUp(strategy.With(longest), Timeframe.Parse(order.Timeframe));
        }
        catch (ArgumentException wrong)
        {
            throw new TidemarkException(ErrorCode.ValidationFailed, wrong.Message);
        }
    }
}
