using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Tidemark.Backtests.Drawing;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Backtests.Analysis;

/// <summary>What the best-known indicators say of a symbol now, in numbers, words and a picture.</summary>
public static class AnalysisEndpoints
{
    const int MostIndicators = 12, AnHour = 600;

    static readonly string[] Standard = ["RSI", "MACD", "BOLLINGER_BANDS"];

    public static void Map(RouteGroupBuilder analysis)
    {
        analysis.MapPost("/technical", Analyse).Allow(Caller.SignedIn, "read:candles").WithSummary("Indicators of a symbol on one or more timeframes, with a chart of each").Shows(Example, new AnalysisRequest("ETH-USD", ["RSI", "MACD", "BOLLINGER_BANDS"], ["1h", "4h", "1d"], "90d"));
        analysis.MapGet("/technical/chart.svg", Draw).Allow(Caller.SignedIn, "read:candles").WithSummary("The chart of an analysis as SVG").ExcludeFromDescription();
    }

    public sealed record AnalysisRequest(
        [property: Description("Symbol in any spelling."), Required, StringLength(64, MinimumLength = 1)] string Symbol,
        [property: Description("RSI, MACD, BOLLINGER_BANDS, any other of /indicators as EMA(50), or one of your own as own:301. Unset: the first three."), MaxLength(MostIndicators)] IReadOnlyList<string>? Indicators = null,
        [property: Description("Timeframes; unset, 1d."), MaxLength(8)] IReadOnlyList<string>? Timeframes = null,
        [property: Description("How far back the charts reach: 48h, 90d, 12w, 6m (months), 1y, max."), MaxLength(8)] string Period = "90d",
        [property: Description("Name of the source; unset, the one in use."), MaxLength(40)] string? Source = null);

    public sealed record TimeframeAnalysis(
        [property: Description("As in indicators above.")] IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>> Indicators,
        string ChartUrl,
        [property: Description("Close time of the last candle, UTC.")] DateTimeOffset AsOf,
        [property: Description("Close price in the quote currency.")] double Close,
        Coverage Data);

    public sealed record AnalysisAnswer(
        [property: Description("The symbol as it was asked for.")] string Symbol,
        [property: Description("The longest timeframe that was asked for, which indicators and chartUrl are of.")] string Timeframe,
        [property: Description("By name. RSI: value (0 to 100) and signal OVERSOLD (30 and below), NEUTRAL or OVERBOUGHT (70 and above). MACD: value, signal and histogram in the quote currency, trend BULLISH, NEUTRAL or BEARISH by the histogram's sign. BOLLINGER_BANDS: upper, middle and lower in the quote currency, position ABOVE_UPPER, NEAR_UPPER (the upper fifth), MIDDLE, NEAR_LOWER or BELOW_LOWER. Others: their outputs by name. Null where there are too few candles.")] IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>> Indicators,
        [property: Description("A picture (SVG) of candles and indicators.")] string ChartUrl,
        [property: Description("Close time of the last candle, UTC.")] DateTimeOffset Timestamp,
        [property: Description("The same for every timeframe that was asked for.")] IReadOnlyDictionary<string, TimeframeAnalysis> Timeframes,
        [property: Description("The symbol whose candles these are.")] string Instrument,
        [property: Description("Whether a dollar coin stands in for the dollar that was asked for.")] bool QuoteSubstituted,
        string Source,
        Provenance Provenance,
        string Period,
        string Disclaimer);

    static readonly DateTimeOffset Noon = new(2025, 11, 13, 0, 0, 0, TimeSpan.Zero);

    static AnalysisAnswer Example
    {
        get
        {
            var readings = new Dictionary<string, IReadOnlyDictionary<string, object?>>
            {
                ["RSI"] = new Dictionary<string, object?> { ["value"] = 58.5, ["signal"] = "NEUTRAL" },
                ["MACD"] = new Dictionary<string, object?> { ["value"] = 125.3, ["signal"] = 115.8, ["histogram"] = 9.5, ["trend"] = "BULLISH" },
                ["BOLLINGER_BANDS"] = new Dictionary<string, object?> { ["upper"] = 2_850.0, ["middle"] = 2_750.0, ["lower"] = 2_650.0, ["position"] = "NEAR_UPPER" },
            };
            const string Address = "/api/v1/analysis/technical/chart.svg?symbol=ETH-USD&timeframe=1d&period=90d&indicators=RSI,MACD,BOLLINGER_BANDS";
            var data = new Coverage("ETH/USDT", "binance", Provenance.Live, "1d", Noon.AddDays(-90), Noon, 90, 90, 1, "Data covers 90 of 90 candles.", [], 0, 0, null);
            return new AnalysisAnswer("ETH-USD", "1d", readings, Address, Noon, new Dictionary<string, TimeframeAnalysis> { ["1d"] = new(readings, Address, Noon, 2_835, data) }, "ETH/USDT", true, "binance", Provenance.Live, "90d", Words.Disclaimer);
        }
    }

    static async Task<AnalysisAnswer> Analyse(AnalysisRequest request, Caller caller, TechnicalAnalysis analysis, SymbolBook symbols, TidemarkDb db, RateLimits limits, ImageAddresses addresses, CancellationToken stop)
    {
        await Spend(limits, caller, stop);
        var names = request.Indicators is { Count: > 0 } given ? given : Standard;
        var timeframes = (request.Timeframes is { Count: > 0 } some ? some : ["1d"]).Select(CandleEndpoints.StoredTimeframe).Distinct().Order().ToList();
        var asked = await TechnicalAnalysis.Parse(names, caller, db, stop);
        var found = await symbols.Find(request.Symbol, stop);
        var source = await symbols.SourceOf(found.Symbol, request.Source, stop);
        var all = new Dictionary<string, TimeframeAnalysis>();
        foreach (var timeframe in timeframes)
        {
            var analysed = await analysis.Over(new SeriesKey(source, found.Symbol, timeframe), request.Period, asked, stop);
            var close = analysed.Candles.Closes[^1];
            all[timeframe.ToString()] = new TimeframeAnalysis(
                analysed.Readings.ToDictionary(static reading => reading.Key, reading => reading.Answer(close)),
                addresses.Of(AddressOf(request, timeframe.ToString(), names)), DateTimeOffset.FromUnixTimeMilliseconds(timeframe.CloseOf(analysed.Candles.Times[^1])), close, await analysis.Coverage(analysed, stop));
        }
        var longest = timeframes[^1].ToString();
        return new AnalysisAnswer(
            request.Symbol, longest, all[longest].Indicators, all[longest].ChartUrl, all[longest].AsOf, all,
            found.Symbol.ToString(), found.QuoteSubstituted, source.Name, source.Provenance, request.Period, Words.Disclaimer);
    }

    static string AddressOf(AnalysisRequest request, string timeframe, IEnumerable<string> names) =>
        $"/api/v1/analysis/technical/chart.svg?symbol={Uri.EscapeDataString(request.Symbol)}&timeframe={timeframe}&period={Uri.EscapeDataString(request.Period)}"
        + string.Concat(names.Select(static name => $"&indicators={Uri.EscapeDataString(name)}")) + (request.Source is { } source ? $"&source={Uri.EscapeDataString(source)}" : "");

    public sealed record ChartRequest(
        [property: FromQuery(Name = "symbol"), Required, StringLength(64, MinimumLength = 1)] string Symbol,
        [property: FromQuery(Name = "indicators"), MaxLength(MostIndicators)] string[]? Indicators = null,
        [property: FromQuery(Name = "timeframe"), MaxLength(8)] string Timeframe = "1d",
        [property: FromQuery(Name = "period"), MaxLength(8)] string Period = "90d",
        [property: FromQuery(Name = "source"), MaxLength(40)] string? Source = null,
        [property: FromQuery(Name = "theme")] Word<Theme>? Theme = null);

    static async Task Draw([AsParameters] ChartRequest request, HttpContext http, Caller caller, TechnicalAnalysis analysis, SymbolBook symbols, TidemarkDb db, RateLimits limits, CancellationToken stop)
    {
        await Spend(limits, caller, stop);
        var asked = await TechnicalAnalysis.Parse(request.Indicators is { Length: > 0 } given ? given : Standard, caller, db, stop);
        var found = await symbols.Find(request.Symbol, stop);
        var key = new SeriesKey(await symbols.SourceOf(found.Symbol, request.Source, stop), found.Symbol, CandleEndpoints.StoredTimeframe(request.Timeframe));
        await SvgAnswer.Send(http, TechnicalAnalysis.Draw(await analysis.Over(key, request.Period, asked, stop), request.Theme?.Value ?? Theme.Auto), stop);
    }

    static async Task Spend(RateLimits limits, Caller caller, CancellationToken stop)
    {
        if (!(await limits.Spend(new RateBucket("analyses", AnHour, TimeSpan.FromHours(1)), caller.Key, stop)).Allowed)
        {
            throw new TidemarkException(ErrorCode.RateLimited, string.Create(CultureInfo.InvariantCulture, $"{AnHour} analyses an hour are enough."));
        }
    }
}
