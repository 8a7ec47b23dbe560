using Microsoft.EntityFrameworkCore;
using Tidemark.Access;
using Tidemark.Accounts.Mails;
using Tidemark.Accounts.Sessions;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;
using Tidemark.Platform.Secrets;

namespace Tidemark.Accounts.Keys;

/// <summary>Makes, replaces and revokes keys.</summary>
public sealed class ApiKeyBook(TidemarkDb db, TokenHashes hashes, PlanAccess access, AccountMailer mailer, AuditLog audit, StandingNews news, TimeProvider clock)
{
    /// <summary>What every key begins with, so that people and leak scanners know one when they see it.</summary>
    public const string Start = "tdm_";
    const int PrefixLength = 12;

    public async Task<(ApiKey Key, string Secret)> Make(Caller caller, ApiKeyRequest request, CancellationToken stop)
    {
        var secret = Start + TokenHashes.NewToken();
        var key = New(caller.UserId, secret, request);
        await db.InTransaction(
            async _ =>
            {
                var user = await db.Set<User>().SingleAsync(own => own.Id == caller.UserId, stop);
                await access.Require(new(user.Id, user.Plan, user.Role), Entitlements.ApiAccess, stop);
                db.Add(key);
                await db.SaveChangesAsync(stop);
                await ClearExpired(user.Id, stop);
                await access.Take(new(user.Id, user.Plan, user.Role), Entitlements.ApiKeys, Place(key), stop);
                await mailer.Send(user.Email, AccountMails.ApiKeyMade(caller, key.Name, clock.GetUtcNow()));
                await db.SaveChangesAsync(stop);
                await audit.Append(caller, "apikey.made", caller.Id, stop, ("key", key.Id), ("name", key.Name), ("scopes", string.Join(' ', key.Scopes)));
            },
            stop);
        return (key, secret);
    }

    /// <summary>A new secret with the same rights; the old one goes on for a while, so that programs can be changed one by one.</summary>
    public async Task<(ApiKey Key, string Secret)> Rotate(Caller caller, ApiKey old, TimeSpan overlap, CancellationToken stop)
    {
        var secret = Start + TokenHashes.NewToken();
        var now = clock.GetUtcNow();
        var ends = now + overlap;
        var key = New(caller.UserId, secret, new(old.Name, old.Scopes, old.PerMinute, old.PerHour, old.PerDay, old.Allowed, old.Denied, old.ExpiresAt));
        await db.InTransaction(
            async _ =>
            {
                db.Add(key);
                await db.SaveChangesAsync(stop);
                var isOurs = await db.Set<ApiKey>()
                    .Where(own => own.Id == old.Id && own.RevokedAt == null && own.ReplacedBy == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(own => own.ReplacedBy, key.Id).SetProperty(own => own.ExpiresAt, own => own.ExpiresAt < ends ? own.ExpiresAt : ends), stop);
                if (isOurs == 0)
                {
                    throw new TidemarkException(ErrorCode.Conflict, "The key was revoked or replaced already.");
                }
                // Whatever the old one itself replaced ends now: at most two keys are good at a time.
                await db.Set<ApiKey>().Where(own => own.ReplacedBy == old.Id && own.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(own => own.RevokedAt, now), stop);
                // The new key stands in the old one's place: replacing a key needs no room for two.
                await access.GiveUp(caller.UserId, Entitlements.ApiKeys, Place(old), stop);
                await access.Take(caller, Entitlements.ApiKeys, Place(key), stop);
                await audit.Append(caller, "apikey.replaced", caller.Id, stop, ("key", old.Id), ("by", key.Id), ("overlapSeconds", (int)overlap.TotalSeconds));
            },
            stop);
        await news.Tell(caller.UserId, stop);
        return (key, secret);
    }

    /// <summary>A key that ended by itself makes room for another.</summary>
    async Task ClearExpired(long user, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        foreach (var expired in await db.Set<ApiKey>().AsNoTracking().Where(key => key.UserId == user && key.ExpiresAt <= now && key.RevokedAt == null && key.ReplacedBy == null).ToListAsync(stop))
        {
            await access.GiveUp(user, Entitlements.ApiKeys, Place(expired), stop);
        }
    }

    public async Task Revoke(Caller caller, ApiKey key, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await db.InTransaction(
            async _ =>
            {
                await db.Set<ApiKey>().Where(own => own.Id == key.Id && own.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(own => own.RevokedAt, now), stop);
                await access.GiveUp(key.UserId, Entitlements.ApiKeys, Place(key), stop);
                await audit.Append(caller, "apikey.revoked", key.UserId, stop, ("key", key.Id));
            },
            stop);
        await news.Tell(key.UserId, stop);
    }

    ApiKey New(long user, string secret, ApiKeyRequest request) => new()
    {
        UserId = user,
        Name = request.Name,
        Prefix = secret[..PrefixLength],
        Hash = hashes.Hash("api key", secret),
        Scopes = [.. request.Scopes],
        PerMinute = request.PerMinute,
        PerHour = request.PerHour,
        PerDay = request.PerDay,
        Allowed = [.. request.Allowed],
        Denied = [.. request.Denied],
        CreatedAt = clock.GetUtcNow(),
        ExpiresAt = request.ExpiresAt,
    };

    static string Place(ApiKey key) => $"key:{key.Id}";
}

/// <summary>What a key shall be, checked.</summary>
public sealed record ApiKeyRequest(string Name, IReadOnlyList<string> Scopes, int PerMinute, int PerHour, int PerDay, IReadOnlyList<string> Allowed, IReadOnlyList<string> Denied, DateTimeOffset? ExpiresAt);
