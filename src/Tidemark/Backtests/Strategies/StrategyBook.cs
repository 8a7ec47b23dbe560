using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Strategies;

/// <summary>A strategy as a run keeps it: enough to make it again, whatever becomes of the one it was copied from.</summary>
public sealed record ChosenStrategy(string Key, string Name, string Title, long? Id, int? Version, Formulas? Formulas, IReadOnlyList<FormulaSetting>? Settings)
{
    public bool IsOwn => Formulas is not null;

    public StrategyDescription Describe() =>
        Formulas is null
            ? StrategyRegistry.Find(Name) ?? throw new TidemarkException(ErrorCode.NotFound, $"There is no strategy {Name} any more.")
            : Formulas.Read(Name, Title, Settings!) is { Strategy: { } strategy } ? strategy : throw new TidemarkException(ErrorCode.ValidationFailed, $"The formulas of {Title} cannot be read any more.");
}

/// <summary>Finds strategies by what callers call them: built in, or their own.</summary>
public sealed class StrategyBook(TidemarkDb db)
{
    public const string OwnPrefix = "own:";

    /// <summary>The strategy a request means.</summary>
    public async Task<ChosenStrategy> Choose(Caller caller, string? name, long? id, int? version, CancellationToken stop)
    {
        if (id is null && name is not null && name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase) && long.TryParse(name.AsSpan(OwnPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var own))
        {
            id = own;
        }
        if (id is { } wanted)
        {
            return await Own(caller, wanted, version, stop) ?? throw FormulaText.Refused("strategyId", "There is no such strategy of yours.");
        }
        if (string.IsNullOrWhiteSpace(name))
        {
            throw FormulaText.Refused("strategyName", "Name a strategy; GET /api/v1/strategies lists them.");
        }
        if (StrategyNames.Find(name) is { } builtIn)
        {
            return new ChosenStrategy(builtIn.Name, builtIn.Name, builtIn.Title, null, null, null, null);
        }
        var user = caller.UserId;
        var titled = await db.Set<UserStrategy>().AsNoTracking().Where(one => one.UserId == user && EF.Functions.ILike(one.Title, name.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_"))).Select(one => (long?)one.Id).FirstOrDefaultAsync(stop);
        return titled is { } found ? (await Own(caller, found, version, stop))! : throw FormulaText.Refused("strategyName", "There is no such strategy; GET /api/v1/strategies lists them.");
    }

    async Task<ChosenStrategy?> Own(Caller caller, long id, int? version, CancellationToken stop)
    {
        var user = caller.UserId;
        var versions = db.Set<UserStrategyVersion>().AsNoTracking().Where(one => one.Strategy == id && one.UserId == user);
        var found = version is { } number ? await versions.FirstOrDefaultAsync(one => one.Version == number, stop) : await versions.OrderByDescending(one => one.Version).FirstOrDefaultAsync(stop);
        return found is null ? null : Chosen(found);
    }

    internal static ChosenStrategy Chosen(UserStrategyVersion version)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{OwnPrefix}{version.Strategy}");
        return new ChosenStrategy(key, key, version.Title, version.Strategy, version.Version, FormulasOf(version), SettingsOf(version));
    }

    internal static Formulas FormulasOf(UserStrategyVersion version) => JsonSerializer.Deserialize<Formulas>(version.Formulas, ApiJson.Options)!;

    internal static IReadOnlyList<FormulaSetting> SettingsOf(UserStrategyVersion version) => JsonSerializer.Deserialize<IReadOnlyList<FormulaSetting>>(version.Parameters, ApiJson.Options)!;
}
