using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tidemark.Access;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;

namespace Tidemark.Patterns.Reading;

/// <summary>Which symbols people chose where their plan has room for some only, kept in memory.</summary>
public sealed class ChosenSymbols(SightDesk sights, HeldItems held, SymbolRegister register, SeriesCatalog catalog, SourceInUse inUse, TimeProvider clock, ILogger<ChosenSymbols> log) : BackgroundService
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(20);

    public async Task Look(CancellationToken stop) => sights.Learn(await held.All(Entitlements.Symbols, stop), await Watched(stop));

    async Task<IReadOnlyList<Symbol>> Watched(CancellationToken stop)
    {
        var active = (await register.Active(stop)).Select(static symbol => symbol.Name).ToList();
        return active.Count > 0 || inUse.Current is not { } source
            ? active
            : [.. (await catalog.Stored(stop)).Where(series => series.Key.Source == source && series.Candles > 0).Select(series => series.Key.Symbol).Distinct()];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Chosen symbols could not be read: {Trouble}", trouble.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(BetweenLooks, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>Choosing them.</summary>
public static class ChosenSymbolEndpoints
{
    public static void Map(RouteGroupBuilder matrix)
    {
        matrix.MapGet("/symbols", static (Caller caller, SightDesk sights) => View(sights.Of(caller))).Allow(Caller.SignedIn, "read:matrix").WithSummary("The symbols your plan shows you");
        matrix.MapPut("/symbols", Choose).Allow(Caller.InPerson).WithSummary("Choose the symbols your plan has room for");
    }

    public sealed record Choice([property: Description("Symbols, as BTC/USDT."), Required, MaxLength(100)] IReadOnlyList<string> Symbols);

    public sealed record ChoiceView(
        [property: Description("Null where the plan shows all symbols.")] IReadOnlyList<string>? Symbols,
        IReadOnlyList<Locked> Locks);

    static ChoiceView View(PatternSight sight) => new(sight.Symbols?.Select(static symbol => symbol.ToString()).Order(StringComparer.Ordinal).ToList(), sight.Locks);

    static async Task<ChoiceView> Choose(Choice request, Caller caller, PlanAccess access, SymbolBook symbols, HeldItems held, SightDesk sights, CancellationToken stop)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in request.Symbols)
        {
            wanted.Add((await symbols.Find(text, stop)).Symbol.ToString());
        }
        var grant = Entitlements.Symbols.Of(caller.Plan, caller.Role);
        if (grant.Most < wanted.Count)
        {
            throw Entitlements.Symbols.Explain(caller.Plan, caller.Role, grant.Most.Value).Refusal();
        }
        foreach (var given in (await held.All(Entitlements.Symbols, stop))[caller.UserId].Except(wanted))
        {
            await access.GiveUp(caller.UserId, Entitlements.Symbols, given, stop);
        }
        foreach (var symbol in wanted)
        {
            await access.Take(caller, Entitlements.Symbols, symbol, stop);
        }
        // What others look up becomes true with this request's transaction, which is not over yet.
        sights.Choose(caller.UserId, wanted);
        return View(sights.Of(caller));
    }
}
