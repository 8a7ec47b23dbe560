using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Live;

/// <summary>The indicators there are, and their values over stored candles.</summary>
public static class IndicatorEndpoints
{
    const int MostAtOnce = 8, FewestBefore = 500, TimesTheLongest = 10;

    public static void Map(RouteGroupBuilder indicators)
    {
        indicators.MapGet("", static () => Catalogue).Allow(Caller.Anyone, "read:candles").WithSummary("The indicators there are, with their settings and outputs");
        indicators.MapGet("/{symbol}/{tf}", Compute).Allow(Caller.Anyone, "read:candles").WithSummary("Values of indicators at a symbol's closed candles, oldest first");
    }

    public sealed record IndicatorInfo(
        [property: Description("The name it is called by, as in RSI(14).")] string Name,
        string Title,
        [property: Description("What it tells, in one line.")] string Meaning,
        IndicatorGroup Group,
        [property: Description("overlay: drawn over the candles; pane: in a pane of its own.")] IndicatorPlacement Placement,
        IReadOnlyList<ParameterInfo> Parameters,
        [property: Description("What it gives each candle, the first being the one meant when none is named.")] IReadOnlyList<string> Outputs);

    public sealed record ParameterInfo(
        string Name,
        ParameterKind Kind,
        double Default,
        double Minimum,
        double Maximum,
        [property: Description("The words to choose from; a value is the place of its word, from 0.")] IReadOnlyList<string> Choices);

    public sealed record IndicatorRequest(
        [property: FromQuery(Name = "use"), Description("Indicators with their settings, as EMA(50) or MACD(12,26,9); may be given up to 8 times."), Required, MinLength(1), MaxLength(MostAtOnce)] string[] Use,
        [property: FromQuery(Name = "limit"), Description("Most candles to answer for, 1 to 5000."), Range(1, 5_000)] int Limit = 500,
        [property: FromQuery(Name = "to"), Description("Open time that all candles are before, UTC; unset, the newest are meant.")] DateTimeOffset? To = null,
        [property: FromQuery(Name = "source"), Description("Name of the source; unset, the one in use."), MaxLength(40)] string? Source = null);

    public sealed record IndicatorAnswer(
        string Symbol,
        string Timeframe,
        [property: Description("Where the prices come from.")] string Source,
        [property: Description("live, recorded or synthetic.")] Provenance Provenance,
        [property: Description("Open times of the candles, UTC milliseconds.")] IReadOnlyList<long> Times,
        IReadOnlyList<IndicatorValues> Indicators);

    public sealed record IndicatorValues(
        [property: Description("As it was asked for, settings filled in.")] string Use,
        string Name,
        IndicatorPlacement Placement,
        IReadOnlyList<OutputValues> Outputs);

    public sealed record OutputValues(
        string Name,
        [property: Description("How many candles ahead of its candle a chart draws it.")] int Shift,
        [property: Description("A value for each time; null where it is not defined.")] IReadOnlyList<double?> Values);

    static IReadOnlyList<IndicatorInfo> Catalogue { get; } =
    [
        .. IndicatorRegistry.All.Where(indicator => indicator.Source != IndicatorSource.Pairs).Select(indicator => new IndicatorInfo(
            indicator.Name, indicator.Title, indicator.Meaning, indicator.Group, indicator.Placement,
            [.. indicator.Parameters.Select(parameter => new ParameterInfo(parameter.Name, parameter.Kind, parameter.Default, parameter.Minimum, parameter.Maximum, parameter.Choices))],
            [.. indicator.Outputs.Select(output => output.Name)])),
    ];

    sealed record Asked(IndicatorDescription Indicator, IndicatorArguments Arguments)
    {
        public string Use => Indicator.Parameters.Count == 0 ? Indicator.Name : $"{Indicator.Name}({string.Join(", ", Arguments.Values.ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))})";

        /// <summary>Candles before the first answered one, so that what remembers the past has enough of it.</summary>
        public int Before => Math.Max(FewestBefore, TimesTheLongest * Indicator.Parameters.Select((parameter, i) => parameter.Kind == ParameterKind.Whole ? Arguments.Whole(i) : 0).DefaultIfEmpty().Max());
    }

    static async Task<IndicatorAnswer> Compute(
        [Description("Symbol, as BTC-USDT.")] string symbol,
        [Description("Length of a candle: 1m, 5m, 15m, 30m, 1h, 2h, 4h or 1d.")] string tf,
        [AsParameters] IndicatorRequest request,
        CandleStore store,
        SymbolBook symbols,
        CancellationToken stop)
    {
        var timeframe = CandleEndpoints.StoredTimeframe(tf);
        var asked = request.Use.Select(Parse).ToList();
        CandleEndpoints.CheckRange(null, request.To);
        var found = await symbols.Find(symbol, stop);
        var key = new SeriesKey(await symbols.SourceOf(found.Symbol, request.Source, stop), found.Symbol, timeframe);
        var before = asked.Max(one => one.Before);
        var candles = request.To is { } to
            ? await store.Load(key, to.AddMinutes(-(double)timeframe.Minutes * (request.Limit + before)), to, stop)
            : await store.Newest(key, request.Limit + before, stop);
        var shown = Math.Min(request.Limit, candles.Count);
        return new IndicatorAnswer(
            found.Symbol.ToString(), timeframe.ToString(), key.Source.Name, key.Source.Provenance,
            candles.Times[^shown..].ToArray(), [.. asked.Select(one => Values(one, candles, shown))]);
    }

    static Asked Parse(string use)
    {
        var text = use.Trim();
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? text : text[..open]).Trim().ToUpperInvariant();
        if (text.Length > 100 || IndicatorRegistry.Find(name) is not { Source: not IndicatorSource.Pairs } indicator)
        {
            throw Refused($"There is no indicator {(name.Length > 40 ? name[..40] + "…" : name)}; GET /api/v1/indicators lists them.");
        }
        if (open >= 0 && !text.EndsWith(')'))
        {
            throw Refused($"{name} wants its settings in brackets, as {name}(14).");
        }
        var inside = open < 0 ? "" : text[(open + 1)..^1];
        try
        {
            return new Asked(indicator, indicator.With([.. inside.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(value => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture))]));
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw Refused($"{name}: {wrong.Message}");
        }
    }

    static IndicatorValues Values(Asked asked, CandleSlice candles, int shown)
    {
        var runner = asked.Indicator.StartOnCandles(asked.Arguments);
        var outputs = asked.Indicator.Outputs;
        var row = new double[outputs.Count];
        var columns = outputs.Select(_ => new double?[shown]).ToArray();
        for (var i = 0; i < candles.Count; i++)
        {
            runner.Next(candles[i], row);
            var place = i - (candles.Count - shown);
            for (var column = 0; place >= 0 && column < row.Length; column++)
            {
                columns[column][place] = double.IsFinite(row[column]) ? row[column] : null;
            }
        }
        return new IndicatorValues(
            asked.Use, asked.Indicator.Name, asked.Indicator.Placement,
            [.. outputs.Select((output, i) => new OutputValues(output.Name, output.Shift(asked.Arguments), columns[i]))]);
    }

    static TidemarkException Refused(string fault) =>
        new(ErrorCode.ValidationFailed, fault, new Dictionary<string, object?> { ["fields"] = new Dictionary<string, object?> { ["use"] = new[] { fault } } });
}
