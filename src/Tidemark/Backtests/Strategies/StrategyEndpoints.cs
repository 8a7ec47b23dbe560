using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Tidemark.Access;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Strategies;

/// <summary>The strategies there are, and those that people write.</summary>
public static class StrategyEndpoints
{
    const int MostAUser = 200, MostVersions = 1_000;

    public static void Map(RouteGroupBuilder strategies)
    {
        strategies.MapGet("", List).Allow(Caller.SignedIn, "read:backtests").WithSummary("Built-in strategies with their settings, then your own").Shows(new[] { Example });
        strategies.MapGet("/{key}", Read).Allow(Caller.SignedIn, "read:backtests").WithSummary("One strategy: rsi, or one of your own as own:12").Shows(Example);
        strategies.MapPost("", Create).Allow(Caller.SignedIn, "write:backtests").WithSummary("Keep a strategy of your own").Shows(Example, NewExample);
        strategies.MapPost("/check", Check).Allow(Caller.SignedIn, "write:backtests").WithSummary("What is wrong with a strategy's formulas, and how much work they are").Shows(new StrategyCheck(true, [], 15, 60, 200), NewExample);
        strategies.MapPut("/{id:long}", Update).Allow(Caller.SignedIn, "write:backtests").WithSummary("Make a new version of a strategy of your own").Shows(Example, NewExample);
        strategies.MapGet("/{id:long}/versions", Versions).Allow(Caller.SignedIn, "read:backtests").WithSummary("All versions of a strategy of your own, newest first").Shows(new[] { new StrategyVersion(1, "Dip buyer", "", FormulasExample, [new("len", 14, 2, 100)], Noon) });
        strategies.MapDelete("/{id:long}", Delete).Allow(Caller.SignedIn, "write:backtests").WithSummary("Delete a strategy of your own; runs keep their copy").Shows(new Deleted(true));
    }

    public sealed record ParameterView(
        string Name,
        string Title,
        [property: Description("whole, number or choice.")] ParameterKind Kind,
        [property: Description("In the setting's own unit, as all numbers here.")] double Default,
        double Minimum,
        double Maximum,
        [property: Description("Distance between neighbours of a grid.")] double Step,
        [property: Description("Words of a choice, in order; its value is the place of the word, from 0.")] IReadOnlyList<string> Choices,
        [property: Description("Other names it is known by.")] IReadOnlyList<string> Aliases);

    public sealed record Strategy(
        [property: Description("What runs name it by: rsi, or own:12.")] string Key,
        [property: Description("Number of a strategy of your own; null for built-in ones.")] long? Id,
        string Name,
        string Title,
        [property: Description("What it does, in one line.")] string Meaning,
        [property: Description("Its exact rules, as text.")] string Definition,
        bool IsOwn,
        [property: Description("Newest version of a strategy of your own.")] int? Version,
        [property: Description("long, short, or both words.")] IReadOnlyList<string> Directions,
        IReadOnlyList<ParameterView> Parameters,
        [property: Description("Bars of an hour it wants to have seen before its decisions count, at its defaults.")] int WarmUpBars,
        Formulas? Formulas,
        string? Note,
        DateTimeOffset? CreatedAt,
        DateTimeOffset? ChangedAt);

    public sealed record NewStrategy(
        [property: Required, StringLength(100, MinimumLength = 1)] string Title,
        Formulas Formulas,
        [property: MaxLength(4_000)] string? Note = null,
        [property: Description("Settings the formulas may use by name."), MaxLength(FormulaText.MostParameters)] IReadOnlyList<FormulaSetting>? Parameters = null);

    public sealed record StrategyCheck(
        bool Valid,
        [property: Description("What is wrong, with places counted from 1.")] IReadOnlyList<PartFault> Faults,
        [property: Description("Bars of an hour it wants to have seen before its decisions count, at its defaults.")] int WarmUpBars,
        [property: Description("Bound of its work a candle, in steps of a few operations.")] long StepsPerCandle,
        [property: Description("Bars after which its values no longer depend on where it began, at 1h.")] int SettlesAfter);

    public sealed record StrategyVersion(int Version, string Title, string Note, Formulas Formulas, IReadOnlyList<FormulaSetting> Parameters, DateTimeOffset CreatedAt);

    public sealed record Deleted([property: JsonPropertyName("deleted")] bool Done);

    static readonly DateTimeOffset Noon = new(2025, 11, 13, 12, 0, 0, TimeSpan.Zero);
    static readonly string[] Both = ["long", "short"];

    static Formulas FormulasExample { get; } = new("RSI(len) < 30", "RSI(len) > 70", Stop: "close - 2 * ATR(14)");

    static NewStrategy NewExample { get; } = new("Dip buyer", FormulasExample, "Buys dips", [new("len", 14, 2, 100)]);

    static Strategy Example { get; } = new(
        "own:12", 12, "own:12", "Dip buyer", "Trades what its formulas say.", "entry: RSI(len) < 30\nexit: RSI(len) > 70\n", true, 1, ["long"],
        [new("len", "len", ParameterKind.Whole, 14, 2, 100, 9, [], [])], 15, FormulasExample, "Buys dips", Noon, Noon);

    static async Task<IReadOnlyList<Strategy>> List(Caller caller, TidemarkDb db, CancellationToken stop)
    {
        var user = caller.UserId;
        var own = await (from strategy in db.Set<UserStrategy>().AsNoTracking()
                         where strategy.UserId == user
                         join version in db.Set<UserStrategyVersion>() on new { Strategy = strategy.Id, strategy.Version } equals new { version.Strategy, version.Version }
                         orderby strategy.ChangedAt descending
                         select new { strategy, version }).ToListAsync(stop);
        return [.. StrategyRegistry.All.Select(BuiltIn), .. own.Select(one => Own(one.strategy, one.version))];
    }

    static async Task<Strategy> Read(string key, Caller caller, TidemarkDb db, CancellationToken stop)
    {
        if (StrategyNames.Find(key) is { } builtIn)
        {
            return BuiltIn(builtIn);
        }
        var number = key.StartsWith(StrategyBook.OwnPrefix, StringComparison.OrdinalIgnoreCase) ? key[StrategyBook.OwnPrefix.Length..] : key;
        return long.TryParse(number, out var id) ? await View(await Find(id, caller, db, stop), db, stop) : throw Missing();
    }

    static async Task<Strategy> Create(NewStrategy request, HttpContext http, Caller caller, TidemarkDb db, PlanAccess access, TimeProvider clock, CancellationToken stop)
    {
        await access.Require(caller, Entitlements.Backtest, stop);
        var parameters = Usable(request);
        var now = clock.GetUtcNow();
        var user = caller.UserId;
        var strategy = new UserStrategy { UserId = user, Title = request.Title.Trim(), Version = 1, CreatedAt = now, ChangedAt = now };
        await db.InTransaction(
            async _ =>
            {
                // Two who make the last one at once take turns.
                await db.Database.ExecuteSqlAsync($"SELECT FROM users WHERE id = {caller.UserId} FOR UPDATE", stop);
                if (await db.Set<UserStrategy>().CountAsync(one => one.UserId == user, stop) >= MostAUser)
                {
                    throw new TidemarkException(ErrorCode.LimitReached, $"{MostAUser} strategies of your own are kept; delete one first.", new Dictionary<string, object?> { ["limit"] = MostAUser, ["unit"] = "strategies" });
                }
                db.Add(strategy);
                await Save(db, strategy.Title, stop);
                db.Add(VersionOf(strategy, request, parameters, now));
                await db.SaveChangesAsync(stop);
            },
            stop);
        http.Response.StatusCode = StatusCodes.Status201Created;
        return await View(strategy, db, stop);
    }

    static async Task<Strategy> Update(long id, NewStrategy request, Caller caller, TidemarkDb db, PlanAccess access, TimeProvider clock, CancellationToken stop)
    {
        _ = await Find(id, caller, db, stop);
        await access.Require(caller, Entitlements.Backtest, stop);
        var parameters = Usable(request);
        UserStrategy? strategy = null;
        var user = caller.UserId;
        await db.InTransaction(
            async _ =>
            {
                // Two changes at once make two versions, one after the other.
                await db.Database.ExecuteSqlAsync($"SELECT FROM user_strategies WHERE id = {id} FOR UPDATE", stop);
                strategy = await db.Set<UserStrategy>().FirstOrDefaultAsync(one => one.Id == id && one.UserId == user, stop) ?? throw Missing();
                await db.Entry(strategy).ReloadAsync(stop);
                if (strategy.Version >= MostVersions)
                {
                    throw new TidemarkException(ErrorCode.LimitReached, $"A strategy has {MostVersions} versions at most; keep it as a new one.");
                }
                (strategy.Version, strategy.Title, strategy.ChangedAt) = (strategy.Version + 1, request.Title.Trim(), clock.GetUtcNow());
                db.Add(VersionOf(strategy, request, parameters, strategy.ChangedAt));
                await Save(db, strategy.Title, stop);
            },
            stop);
        return await View(strategy!, db, stop);
    }

    static StrategyCheck Check(NewStrategy request)
    {
        var settings = request.Parameters ?? [];
        var (strategy, faults) = request.Formulas.Read("own", request.Title, settings);
        return strategy is null
            ? new StrategyCheck(false, faults, 0, 0, 0)
            : new StrategyCheck(true, [], strategy.WarmUp(strategy.With(), Timeframe.H1), request.Formulas.StepsPerCandle(settings), request.Formulas.CandlesToSettle(settings, Timeframe.H1));
    }

    static async Task<IReadOnlyList<StrategyVersion>> Versions(long id, Caller caller, TidemarkDb db, CancellationToken stop)
    {
        await Find(id, caller, db, stop);
        var user = caller.UserId;
        var versions = await db.Set<UserStrategyVersion>().AsNoTracking().Where(one => one.Strategy == id && one.UserId == user).OrderByDescending(one => one.Version).ToListAsync(stop);
        return [.. versions.Select(static one => new StrategyVersion(one.Version, one.Title, one.Note, StrategyBook.FormulasOf(one), StrategyBook.SettingsOf(one), one.CreatedAt))];
    }

    static async Task<Deleted> Delete(long id, Caller caller, TidemarkDb db, CancellationToken stop)
    {
        db.Remove(await Find(id, caller, db, stop));
        await db.SaveChangesAsync(stop);
        return new Deleted(true);
    }

    static async Task<UserStrategy> Find(long id, Caller caller, TidemarkDb db, CancellationToken stop)
    {
        var user = caller.UserId;
        return await db.Set<UserStrategy>().FirstOrDefaultAsync(one => one.Id == id && one.UserId == user, stop) ?? throw Missing();
    }

    static TidemarkException Missing() => new(ErrorCode.NotFound, "There is no such strategy of yours; GET /api/v1/strategies lists them.");

    static IReadOnlyList<FormulaSetting> Usable(NewStrategy request)
    {
        var settings = request.Parameters ?? [];
        if (settings.FirstOrDefault(static setting => !(setting.Minimum <= setting.Default && setting.Default <= setting.Maximum && double.IsFinite(setting.Maximum - setting.Minimum))) is { } wrong)
        {
            throw FormulaText.Refused("parameters", $"{wrong.Name}: the default must lie between minimum and maximum.");
        }
        if (request.Title.Any(char.IsControl) || request.Title.Trim().Length == 0)
        {
            throw FormulaText.Refused("title", "A title has letters, and no control characters.");
        }
        var (_, faults) = request.Formulas.Read("own", request.Title, settings);
        return faults.Count == 0
            ? settings
            : throw new TidemarkException(
                ErrorCode.ValidationFailed, $"{faults[0].Field}: {faults[0].Message}",
                new Dictionary<string, object?> { ["fields"] = faults.ToDictionary(static fault => $"formulas.{fault.Field}", static fault => (object?)new[] { fault.Message }), ["faults"] = faults });
    }

    static UserStrategyVersion VersionOf(UserStrategy strategy, NewStrategy request, IReadOnlyList<FormulaSetting> parameters, DateTimeOffset now) => new()
    {
        Strategy = strategy.Id,
        Version = strategy.Version,
        UserId = strategy.UserId,
        Title = strategy.Title,
        Note = request.Note?.Trim() ?? "",
        Formulas = JsonSerializer.Serialize(request.Formulas, ApiJson.Options),
        Parameters = JsonSerializer.Serialize(parameters, ApiJson.Options),
        CreatedAt = now,
    };

    static async Task Save(TidemarkDb db, string title, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException taken) when (taken.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            throw new TidemarkException(ErrorCode.Conflict, $"You have a strategy titled {title}; give this one another title.");
        }
    }

    static async Task<Strategy> View(UserStrategy strategy, TidemarkDb db, CancellationToken stop) =>
        Own(strategy, await db.Set<UserStrategyVersion>().AsNoTracking().FirstAsync(one => one.Strategy == strategy.Id && one.Version == strategy.Version, stop));

    static Strategy BuiltIn(StrategyDescription strategy) => new(
        strategy.Name, null, strategy.Name, strategy.Title, strategy.Meaning, strategy.Definition, false, null, DirectionsOf(strategy), Parameters(strategy), strategy.WarmUp(strategy.With(), Timeframe.H1), null, null, null, null);

    static Strategy Own(UserStrategy kept, UserStrategyVersion version)
    {
        var chosen = StrategyBook.Chosen(version);
        var strategy = chosen.Describe();
        return new Strategy(
            chosen.Key, kept.Id, chosen.Name, kept.Title, strategy.Meaning, strategy.Definition, true, version.Version, DirectionsOf(strategy), Parameters(strategy), strategy.WarmUp(strategy.With(), Timeframe.H1),
            chosen.Formulas, version.Note, kept.CreatedAt, kept.ChangedAt);
    }

    static string[] DirectionsOf(StrategyDescription strategy) =>
        strategy.Directions switch { TradeDirections.Long => Both[..1], TradeDirections.Short => Both[1..], _ => Both };

    static IReadOnlyList<ParameterView> Parameters(StrategyDescription strategy) =>
        [.. strategy.Parameters.Select(static one => new ParameterView(one.Name, one.Title, one.Kind, one.Default, one.Minimum, one.Maximum, one.Step, one.Choices, StrategyNames.AliasesOf(one.Name)))];
}
