using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.CustomIndicators;

/// <summary>Indicators that people write: tried out, kept, listed and deleted.</summary>
public static class CustomIndicatorEndpoints
{
    const int MostAUser = 100;
    const long MostSteps = 200_000_000;

    static readonly DateTimeOffset Noon = new(2025, 11, 13, 11, 30, 0, TimeSpan.Zero);

    public static void Map(RouteGroupBuilder indicators)
    {
        indicators.MapPost("/custom", Create).Allow(Caller.SignedIn, "write:backtests").WithSummary("Keep an indicator of your own").Shows(Example, new NewIndicator("Custom RSI Divergence", "RSI(14) - RSI(28)", "Dual RSI divergence indicator", new Dictionary<string, JsonElement> { ["period1"] = JsonElement.Parse("14"), ["period2"] = JsonElement.Parse("28") }));
        indicators.MapGet("/custom", List).Allow(Caller.SignedIn, "read:backtests").WithSummary("Your own indicators, newest first").Shows(new[] { Example });
        indicators.MapGet("/custom/{id:long}", Read).Allow(Caller.SignedIn, "read:backtests").WithSummary("One of your own indicators").Shows(Example);
        indicators.MapDelete("/custom/{id:long}", Delete).Allow(Caller.SignedIn, "write:backtests").WithSummary("Delete one of your own indicators").Shows(new Deleted(true));
        indicators.MapPost("/custom/preview", Preview).Allow(Caller.SignedIn, "read:backtests").WithSummary("Values of a formula over stored candles, and what is wrong with it where something is").Shows(PreviewExample, new PreviewRequest("BTC/USDT", "RSI(14) - RSI(28)"));
    }

    public sealed record NewIndicator(
        [property: Required, StringLength(100, MinimumLength = 1)] string Name,
        [property: Description("In the formula language, as RSI(14) - RSI(28); /alerts/formula-help explains it."), Required, StringLength(Formula.LongestText, MinimumLength = 1)] string Formula,
        [property: MaxLength(1_000)] string? Description = null,
        [property: Description("Settings the formula may use by name: a number, or an object of default, minimum and maximum.")] IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        [property: Description("Your own id, where it is said at all.")] long? UserId = null);

    public sealed record IndicatorView(
        long IndicatorId,
        string Name,
        string Formula,
        [property: Description("ACTIVE: it can be used.")] string Status,
        DateTimeOffset CreatedAt,
        string Description,
        IReadOnlyList<FormulaSetting> Parameters,
        [property: Description("number or condition.")] FormulaType Type,
        [property: Description("Candles it wants to see, at 1h, before its values no longer depend on where it began.")] int SettlesAfter);

    public sealed record Deleted([property: JsonPropertyName("deleted")] bool Done);

    public sealed record PreviewRequest(
        [property: Description("Symbol in any spelling."), Required, StringLength(64, MinimumLength = 1)] string Symbol,
        [property: Description("The formula; unset, that of indicatorId."), MaxLength(Quant.Formulas.Formula.LongestText)] string? Formula = null,
        [property: Description("One of your own indicators.")] long? IndicatorId = null,
        [property: Description("Settings as for a new indicator; for one that is kept, values by name.")] IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        [property: MaxLength(8)] string Timeframe = "1h",
        [property: Description("Candles to answer for."), Range(1, 2_000)] int Limit = 500,
        [property: Description("Open time that all candles are before, UTC; unset, the newest are meant.")] DateTimeOffset? To = null,
        [property: MaxLength(40)] string? Source = null);

    public sealed record PreviewAnswer(
        [property: Description("Whether the formula can be used.")] bool Valid,
        [property: Description("What is wrong with it; null where nothing is.")] FormulaFault? Fault,
        string Symbol,
        string Timeframe,
        [property: Description("Where the prices come from.")] string Source,
        Provenance Provenance,
        [property: Description("number or condition; null while it cannot be used.")] FormulaType? Type,
        [property: Description("Open times, UTC milliseconds.")] IReadOnlyList<long> Times,
        [property: Description("A value for each time, in the formula's own unit (a condition: 1 or 0); null where it is not defined.")] IReadOnlyList<double?> Values,
        [property: Description("Close prices in the quote currency.")] IReadOnlyList<double> Closes,
        [property: Description("The newest value.")] double? Last,
        [property: Description("Candles it wants to see before its values no longer depend on where it began.")] int SettlesAfter,
        [property: Description("Bound of its work a candle, in steps of a few operations.")] long StepsPerCandle);

    static IndicatorView Example { get; } = new(301, "Custom RSI Divergence", "RSI(14) - RSI(28)", "ACTIVE", Noon, "Dual RSI divergence indicator", [new("period1", 14, 1, 140), new("period2", 28, 1, 280)], FormulaType.Number, 700);

    static PreviewAnswer PreviewExample { get; } = new(true, null, "BTC/USDT", "1h", "binance", Provenance.Live, FormulaType.Number, [1_763_031_600_000], [3.2], [101_250], 3.2, 700, 84);

    static async Task<IndicatorView> Create(NewIndicator request, HttpContext http, Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        if (request.UserId is { } named && named != caller.UserId)
        {
            throw new TidemarkException(ErrorCode.Forbidden, "Only for yourself: leave userId out, or give your own id.");
        }
        var settings = FormulaText.Settings(request.Parameters);
        var formula = FormulaText.Must(request.Formula, settings);
        var name = request.Name.Trim();
        if (name.Length == 0 || name.Any(char.IsControl))
        {
            throw FormulaText.Refused("name", "A name has letters, and no control characters.");
        }
        var indicator = new CustomIndicator
        {
            UserId = caller.UserId,
            Name = name,
            Formula = request.Formula,
            Description = request.Description?.Trim() ?? "",
            Parameters = JsonSerializer.Serialize(settings, ApiJson.Options),
            CreatedAt = clock.GetUtcNow(),
        };
        var user = caller.UserId;
        await db.InTransaction(
            async _ =>
            {
                // Two who make the last one at once take turns.
                await db.Database.ExecuteSqlAsync($"SELECT FROM users WHERE id = {caller.UserId} FOR UPDATE", stop);
                if (await db.Set<CustomIndicator>().CountAsync(one => one.UserId == user, stop) >= MostAUser)
                {
                    throw new TidemarkException(ErrorCode.LimitReached, $"{MostAUser} indicators of your own are kept; delete one first.", new Dictionary<string, object?> { ["limit"] = MostAUser, ["unit"] = "indicators" });
                }
                db.Add(indicator);
                await Save(db, name, stop);
            },
            stop);
        http.Response.StatusCode = StatusCodes.Status201Created;
        return View(indicator, settings, formula);
    }

    static async Task Save(TidemarkDb db, string name, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException taken) when (taken.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            throw new TidemarkException(ErrorCode.Conflict, $"You have an indicator named {name}; give this one another name.");
        }
    }

    static async Task<IReadOnlyList<IndicatorView>> List(Caller caller, TidemarkDb db, CancellationToken stop)
    {
        var user = caller.UserId;
        return [.. (await db.Set<CustomIndicator>().AsNoTracking().Where(one => one.UserId == user).OrderByDescending(one => one.Id).ToListAsync(stop)).Select(View)];
    }

    static async Task<IndicatorView> Read(long id, Caller caller, TidemarkDb db, CancellationToken stop) => View(await Own(id, caller, db, stop));

    static async Task<Deleted> Delete(long id, Caller caller, TidemarkDb db, CancellationToken stop)
    {
        db.Remove(await Own(id, caller, db, stop));
        await db.SaveChangesAsync(stop);
        return new Deleted(true);
    }

    static async Task<CustomIndicator> Own(long id, Caller caller, TidemarkDb db, CancellationToken stop)
    {
        var user = caller.UserId;
        return await db.Set<CustomIndicator>().FirstOrDefaultAsync(one => one.Id == id && one.UserId == user, stop)
            ?? throw new TidemarkException(ErrorCode.NotFound, "There is no such indicator of yours.");
    }

    static async Task<PreviewAnswer> Preview(PreviewRequest request, Caller caller, TidemarkDb db, CandleStore store, SymbolBook symbols, RateLimits limits, CancellationToken stop)
    {
        if (!(await limits.Spend(new RateBucket("formula previews", 600, TimeSpan.FromHours(1)), caller.Key, stop)).Allowed)
        {
            throw new TidemarkException(ErrorCode.RateLimited, "600 previews an hour are enough.");
        }
        var timeframe = CandleEndpoints.StoredTimeframe(request.Timeframe);
        CandleEndpoints.CheckRange(null, request.To);
        var kept = request.Formula is null && request.IndicatorId is { } id ? await Own(id, caller, db, stop) : null;
        var text = kept?.Formula ?? request.Formula ?? throw FormulaText.Refused("formula", "Give a formula, or the indicatorId of one of yours.");
        var settings = kept is null ? FormulaText.Settings(request.Parameters) : Kept(kept);
        var found = await symbols.Find(request.Symbol, stop);
        var key = new SeriesKey(await symbols.SourceOf(found.Symbol, request.Source, stop), found.Symbol, timeframe);
        var (formula, fault) = FormulaText.Read(text, settings);
        if (formula is null)
        {
            return new PreviewAnswer(false, fault, found.Symbol.ToString(), timeframe.ToString(), key.Source.Name, key.Source.Provenance, null, [], [], [], null, 0, 0);
        }
        var before = (int)Math.Min(formula.CandlesToSettle(timeframe), Math.Max(0, (MostSteps / Math.Max(1, formula.StepsPerCandle)) - request.Limit));
        var candles = request.To is { } to
            ? await store.Load(key, to.AddMinutes(-(double)timeframe.Minutes * (request.Limit + before)), to, stop)
            : await store.Newest(key, request.Limit + before, stop);
        var shown = Math.Min(request.Limit, candles.Count);
        var values = Values(formula, candles, timeframe, shown, kept is null ? null : Chosen(request.Parameters), stop);
        return new PreviewAnswer(
            true, null, found.Symbol.ToString(), timeframe.ToString(), key.Source.Name, key.Source.Provenance, formula.Type,
            candles.Times[^shown..].ToArray(), values, candles.Closes[^shown..].ToArray(), shown == 0 ? null : values[^1], formula.CandlesToSettle(timeframe), formula.StepsPerCandle);
    }

    static double?[] Values(Formula formula, CandleSlice candles, Timeframe timeframe, int shown, IReadOnlyDictionary<string, double>? chosen, CancellationToken stop)
    {
        FormulaRun run;
        try
        {
            run = formula.Start(timeframe, chosen);
        }
        catch (ArgumentException wrong)
        {
            throw FormulaText.Refused("parameters", wrong.Message.Split(" (Parameter", 2)[0]);
        }
        var values = new double?[shown];
        for (var i = 0; i < candles.Count; i++)
        {
            var value = run.Next(candles[i]);
            if (i >= candles.Count - shown)
            {
                values[i - (candles.Count - shown)] = double.IsFinite(value) ? value : null;
            }
            if (i % 1_000 == 0)
            {
                stop.ThrowIfCancellationRequested();
            }
        }
        return values;
    }

    static Dictionary<string, double>? Chosen(IReadOnlyDictionary<string, JsonElement>? given) =>
        given?.ToDictionary(static one => one.Key, static one => one.Value.ValueKind == JsonValueKind.Number ? one.Value.GetDouble() : throw FormulaText.Refused("parameters", "Values of a kept indicator's settings are numbers."));

    internal static IReadOnlyList<FormulaSetting> Kept(CustomIndicator indicator) => JsonSerializer.Deserialize<IReadOnlyList<FormulaSetting>>(indicator.Parameters, ApiJson.Options)!;

    static IndicatorView View(CustomIndicator indicator)
    {
        var settings = Kept(indicator);
        return View(indicator, settings, FormulaText.Must(indicator.Formula, settings));
    }

    static IndicatorView View(CustomIndicator indicator, IReadOnlyList<FormulaSetting> settings, Formula formula) =>
        new(indicator.Id, indicator.Name, indicator.Formula, "ACTIVE", indicator.CreatedAt, indicator.Description, settings, formula.Type, formula.CandlesToSettle(Timeframe.H1));
}
