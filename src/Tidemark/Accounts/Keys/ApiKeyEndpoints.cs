using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts.Sessions;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;

namespace Tidemark.Accounts.Keys;

/// <summary>A person's API keys. No key can see or make another.</summary>
public static class ApiKeyEndpoints
{
    public static void Map(RouteGroupBuilder keys)
    {
        keys.MapGet("", List).Allow(Caller.InPerson).WithSummary("Your API keys, newest first").Shows(new[] { Example });
        keys.MapGet("/scopes", static (Caller caller) => Scopes.All.Where(scope => Scopes.MayGive(caller, scope.Name)).ToList()).Allow(Caller.InPerson).WithSummary("What a key of yours may be made for").Shows(new[] { Scopes.All[2] });
        keys.MapGet("/{id:long}", One).Allow(Caller.InPerson).WithSummary("One of your keys").Shows(Example);
        keys.MapPost("", Make).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Make a key; it is shown this once (Premium, admins)").Shows(new MadeKey(Example, "tdm_s3cr3t…"), new NewKey("Grid bot", ["read:candles"], ExpiresAt: Noon.AddDays(90)));
        keys.MapPatch("/{id:long}", Change).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Change a key's name, limits and networks").Shows(Example, new KeyChange("Grid bot", Allowed: ["203.0.113.0/24"]));
        keys.MapPost("/{id:long}/rotate", Rotate).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Replace a key; the old one goes on for the overlap").Shows(new MadeKey(Example, "tdm_s3cr3t…"), new Rotation(24));
        keys.MapDelete("/{id:long}", Revoke).Allow(Caller.InPerson).HandlesSecrets().WithSummary("Revoke a key, everywhere and at once").Shows(AuthEndpoints.Done.Yes);
    }

    static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    static KeyView Example { get; } = new(7, "Grid bot", "tdm_s3cr3t8c", ["read:candles"], 60, 1_000, 10_000, ["203.0.113.0/24"], [], KeyState.Active, Noon, Noon.AddDays(90), null, null, Noon, "203.0.113.7", 1_204);

    /// <summary>Whether a key opens anything.</summary>
    public enum KeyState
    {
        Active,

        /// <summary>Replaced, and good until the overlap ends.</summary>
        Replaced,
        Expired,
        Revoked,
    }

    public sealed record NewKey(
        [property: Description("What it is for, in your words.")] string Name,
        [property: Description("What it may do; /api-keys/scopes lists them.")] IReadOnlyList<string> Scopes,
        [property: Range(1, 6_000)] int PerMinute = 60,
        [property: Range(1, 100_000)] int PerHour = 1_000,
        [property: Range(1, 1_000_000)] int PerDay = 10_000,
        [property: Description("Networks it may be used from, as addresses or CIDR ranges; all when empty.")] IReadOnlyList<string>? Allowed = null,
        [property: Description("Networks it may not be used from, whatever is allowed.")] IReadOnlyList<string>? Denied = null,
        [property: Description("When it ends by itself; never when null.")] DateTimeOffset? ExpiresAt = null);

    public sealed record KeyChange(
        string? Name = null,
        IReadOnlyList<string>? Scopes = null,
        [property: Range(1, 6_000)] int? PerMinute = null,
        [property: Range(1, 100_000)] int? PerHour = null,
        [property: Range(1, 1_000_000)] int? PerDay = null,
        IReadOnlyList<string>? Allowed = null,
        IReadOnlyList<string>? Denied = null);

    public sealed record Rotation([property: Description("Hours the old key goes on, 0 to 168."), Range(0, 168)] int OverlapHours = 24);

    public sealed record KeyView(
        long Id,
        string Name,
        [property: Description("The key's beginning, to tell it by.")] string Prefix,
        IReadOnlyList<string> Scopes,
        [property: Description("Requests a minute.")] int PerMinute,
        [property: Description("Requests an hour.")] int PerHour,
        [property: Description("Requests a day.")] int PerDay,
        IReadOnlyList<string> Allowed,
        IReadOnlyList<string> Denied,
        KeyState State,
        DateTimeOffset CreatedAt,
        DateTimeOffset? ExpiresAt,
        DateTimeOffset? RevokedAt,
        [property: Description("The key that replaces it.")] long? ReplacedBy,
        [property: Description("When it was last used; some seconds late.")] DateTimeOffset? LastUsedAt,
        string? LastAddress,
        [property: Description("Requests it was used for.")] long Uses);

    public sealed record MadeKey(KeyView Key, [property: Description("The key itself, shown this once. Send it as X-API-Key.")] string Secret);

    static async Task<IReadOnlyList<KeyView>> List(Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var keys = await db.Set<ApiKey>().AsNoTracking().Where(key => key.UserId == caller.UserId).OrderByDescending(key => key.Id).Take(200).ToListAsync(stop);
        return [.. keys.Select(key => View(key, clock.GetUtcNow()))];
    }

    static async Task<KeyView> One(long id, Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop) => View(await Own(id, caller, db, stop), clock.GetUtcNow());

    static async Task<MadeKey> Make(NewKey request, HttpContext http, Caller caller, ApiKeyBook book, TimeProvider clock, CancellationToken stop)
    {
        var (allowed, denied) = (request.Allowed ?? [], request.Denied ?? []);
        new Fields()
            .Must("name", NameFault(request.Name))
            .Must("scopes", ScopeFault(request.Scopes, caller))
            .Must("allowed", NetworkFault(allowed))
            .Must("denied", NetworkFault(denied))
            .Must("expiresAt", request.ExpiresAt <= clock.GetUtcNow() ? "A key that ends must end in the future." : null)
            .Hold();
        var (key, secret) = await book.Make(
            caller,
            new(request.Name.Trim(), [.. request.Scopes.Distinct()], request.PerMinute, request.PerHour, request.PerDay, Normal(allowed), Normal(denied), request.ExpiresAt?.ToUniversalTime()), stop);
        http.Response.StatusCode = StatusCodes.Status201Created;
        return new MadeKey(View(key, clock.GetUtcNow()), secret);
    }

    static async Task<KeyView> Change(long id, KeyChange change, Caller caller, TidemarkDb db, AuditLog audit, StandingNews news, TimeProvider clock, CancellationToken stop)
    {
        new Fields()
            .Must("name", change.Name is { } name ? NameFault(name) : null)
            .Must("scopes", change.Scopes is { } scopes ? ScopeFault(scopes, caller) : null)
            .Must("allowed", NetworkFault(change.Allowed ?? []))
            .Must("denied", NetworkFault(change.Denied ?? []))
            .Hold();
        var key = await Own(id, caller, db, stop);
        HoldScopes(key, caller);
        db.Attach(key);
        key.Name = change.Name?.Trim() ?? key.Name;
        key.Scopes = change.Scopes is { } chosen ? [.. chosen.Distinct()] : key.Scopes;
        (key.PerMinute, key.PerHour, key.PerDay) = (change.PerMinute ?? key.PerMinute, change.PerHour ?? key.PerHour, change.PerDay ?? key.PerDay);
        key.Allowed = change.Allowed is { } allowed ? Normal(allowed) : key.Allowed;
        key.Denied = change.Denied is { } denied ? Normal(denied) : key.Denied;
        await db.InTransaction(
            async _ =>
            {
                await db.SaveChangesAsync(stop);
                await audit.Append(caller, "apikey.changed", caller.Id, stop, ("key", key.Id), ("scopes", string.Join(' ', key.Scopes)));
            },
            stop);
        await news.Tell(caller.UserId, stop);
        return View(key, clock.GetUtcNow());
    }

    static async Task<MadeKey> Rotate(long id, Rotation rotation, Caller caller, TidemarkDb db, ApiKeyBook book, TimeProvider clock, CancellationToken stop)
    {
        var old = await Own(id, caller, db, stop);
        HoldScopes(old, caller);
        var (key, secret) = await book.Rotate(caller, old, TimeSpan.FromHours(rotation.OverlapHours), stop);
        return new MadeKey(View(key, clock.GetUtcNow()), secret);
    }

    /// <summary>A key that can more than its owner may give now is not renewed and not changed; revoking it is always possible.</summary>
    static void HoldScopes(ApiKey key, Caller caller)
    {
        if (key.Scopes.Any(scope => !Scopes.MayGive(caller, scope)))
        {
            throw new TidemarkException(caller.LacksSecondFactor ? ErrorCode.AdminNeedsSecondFactor : ErrorCode.Forbidden, "This key has scopes you may not give now; revoke it, or sign in with what they need.");
        }
    }

    static async Task<AuthEndpoints.Done> Revoke(long id, Caller caller, TidemarkDb db, ApiKeyBook book, CancellationToken stop)
    {
        await book.Revoke(caller, await Own(id, caller, db, stop), stop);
        return AuthEndpoints.Done.Yes;
    }

    static async Task<ApiKey> Own(long id, Caller caller, TidemarkDb db, CancellationToken stop) =>
        await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(key => key.Id == id && key.UserId == caller.UserId, stop) ?? throw new TidemarkException(ErrorCode.NotFound);

    static KeyView View(ApiKey key, DateTimeOffset now)
    {
        var state = key switch
        {
            { RevokedAt: not null } => KeyState.Revoked,
            _ when key.ExpiresAt <= now => KeyState.Expired,
            { ReplacedBy: not null } => KeyState.Replaced,
            _ => KeyState.Active,
        };
        return new KeyView(
            key.Id, key.Name, key.Prefix, key.Scopes, key.PerMinute, key.PerHour, key.PerDay, key.Allowed, key.Denied, state,
            key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.ReplacedBy, key.LastUsedAt, key.LastAddress, key.Uses);
    }

    static string? NameFault(string name) => name.Trim().Length is >= 1 and <= 80 && !name.Any(char.IsControl) ? null : "A name has 1 to 80 characters.";

    static string? ScopeFault(IReadOnlyList<string> scopes, Caller caller) => scopes switch
    {
        [] => "A key needs at least one scope.",
        _ when scopes.FirstOrDefault(scope => !Scopes.MayGive(caller, scope)) is { } unknown => $"{(unknown.Length > 60 ? "A scope" : unknown)} is no scope you may give.",
        _ => null,
    };

    static string? NetworkFault(IReadOnlyList<string> ranges) =>
        ranges.Count > 50 ? "At most 50 networks."
        : ranges.Any(range => Networks.Normal(range) is null) ? "Networks are addresses or CIDR ranges like 203.0.113.0/24 or 2001:db8::/48." : null;

    static string[] Normal(IReadOnlyList<string> ranges) => [.. ranges.Select(range => Networks.Normal(range)!).Distinct()];
}
