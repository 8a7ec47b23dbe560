using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Secrets;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts.Sessions;

/// <summary>Begins sessions, renews them, and ends them.</summary>
public sealed class SessionBook(TidemarkDb db, TokenHashes hashes, SessionCookie cookie, StandingNews news, TidemarkSettings settings, TimeProvider clock)
{
    static readonly TimeSpan Remembered = TimeSpan.FromDays(30), RememberedIdle = TimeSpan.FromDays(7), NotRemembered = TimeSpan.FromHours(24);
    public static readonly TimeSpan Trusted = TimeSpan.FromDays(30);

    /// <summary>A session in this browser. Whatever session it brought along ends: an id from before signing in is worth nothing after.</summary>
    public async Task<Session> BeginWeb(HttpContext http, User user, bool secondFactor, bool confirmed, bool remember, CancellationToken stop)
    {
        if (cookie.Session(http) is { } brought)
        {
            var hash = hashes.Hash("session", brought);
            await End(db.Set<Session>().Where(session => session.TokenHash == hash), "replaced", stop);
        }
        var token = TokenHashes.NewToken();
        var idle = remember ? RememberedIdle : TimeSpan.FromMinutes(settings.Number("SESSION_IDLE_MINUTES"));
        var session = New(http, user, SessionKind.Web, idle, remember ? Remembered : NotRemembered, secondFactor, confirmed);
        session.TokenHash = hashes.Hash("session", token);
        db.Add(session);
        await db.SaveChangesAsync(stop);
        cookie.Write(http, token, remember ? Remembered : null);
        return session;
    }

    /// <summary>A session of a program, and the refresh token it begins with.</summary>
    public async Task<(Session Session, string RefreshToken)> BeginApi(HttpContext http, User user, bool secondFactor, bool confirmed, CancellationToken stop)
    {
        var session = New(http, user, SessionKind.Api, RememberedIdle, Remembered, secondFactor, confirmed);
        db.Add(session);
        await db.SaveChangesAsync(stop);
        var token = TokenHashes.NewToken();
        db.Add(new RefreshToken { Hash = hashes.Hash("refresh", token), SessionId = session.Id, IssuedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(stop);
        return (session, token);
    }

    Session New(HttpContext http, User user, SessionKind kind, TimeSpan idle, TimeSpan longest, bool secondFactor, bool confirmed)
    {
        var now = clock.GetUtcNow();
        return new Session
        {
            UserId = user.Id,
            Kind = kind,
            RefreshSeed = kind == SessionKind.Api ? System.Security.Cryptography.RandomNumberGenerator.GetBytes(32) : null,
            CreatedAt = now,
            LastSeenAt = now,
            IdleSeconds = (int)idle.TotalSeconds,
            ExpiresAt = now + longest,
            ConfirmedAt = confirmed ? now : null,
            SecondFactor = secondFactor,
            Browser = Browser.Describe(http.Request.Headers.UserAgent),
            Address = Caller.Of(http).Address,
        };
    }

    /// <summary>Gives the caller's own session a new id, where it is a browser's: what was known of the old one is worth nothing.</summary>
    public async Task Renew(HttpContext http, Caller caller, bool? secondFactor, CancellationToken stop)
    {
        var session = await db.Set<Session>().SingleAsync(own => own.Id == caller.SessionId, stop);
        session.ConfirmedAt = clock.GetUtcNow();
        session.SecondFactor = secondFactor ?? session.SecondFactor;
        if (session.Kind == SessionKind.Web)
        {
            var token = TokenHashes.NewToken();
            session.TokenHash = hashes.Hash("session", token);
            var isKept = session.IdleSeconds >= RememberedIdle.TotalSeconds;
            cookie.Write(http, token, isKept ? session.ExpiresAt - clock.GetUtcNow() : null);
        }
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Ends one session of a user; false when there is none of that number.</summary>
    public async Task<bool> End(long user, long session, string why, CancellationToken stop)
    {
        var ended = await End(db.Set<Session>().Where(own => own.UserId == user && own.Id == session), why, stop);
        await news.Tell(user, stop);
        return ended > 0;
    }

    /// <summary>Ends a user's sessions, all or all but one.</summary>
    public async Task<int> EndAll(long user, long? except, string why, CancellationToken stop)
    {
        var ended = await End(db.Set<Session>().Where(own => own.UserId == user && own.Id != except), why, stop);
        await news.Tell(user, stop);
        return ended;
    }

    /// <summary>Browsers are strangers again: the second factor is asked for everywhere.</summary>
    public Task<int> ForgetDevices(long user, CancellationToken stop) => db.Set<Device>().Where(device => device.UserId == user).ExecuteDeleteAsync(stop);

    Task<int> End(IQueryable<Session> sessions, string why, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return sessions.Where(session => session.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.RevokedAt, now).SetProperty(session => session.RevokedWhy, why), stop);
    }

    /// <summary>The known browser behind a request, if it is one of this user's.</summary>
    public async Task<Device?> KnownDevice(HttpContext http, long? user, CancellationToken stop)
    {
        if (cookie.Device(http) is not { Length: > 0 } token)
        {
            return null;
        }
        var hash = hashes.Hash("device", token);
        return await db.Set<Device>().SingleOrDefaultAsync(device => device.TokenHash == hash && (user == null || device.UserId == user), stop);
    }

    /// <summary>Notes that this browser signed in; true when it had never done so to this account.</summary>
    public async Task<bool> NoteDevice(HttpContext http, User user, bool trust, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var known = await KnownDevice(http, user.Id, stop);
        if (known is null)
        {
            var token = TokenHashes.NewToken();
            known = new Device { UserId = user.Id, TokenHash = hashes.Hash("device", token), Browser = "", Address = "", CreatedAt = now, LastSeenAt = now };
            db.Add(known);
            cookie.WriteDevice(http, token);
        }
        (known.Browser, known.Address, known.LastSeenAt) = (Browser.Describe(http.Request.Headers.UserAgent), Caller.Of(http).Address, now);
        known.TrustedUntil = trust ? now + Trusted : known.TrustedUntil;
        var isNew = known.Id == 0;
        await db.SaveChangesAsync(stop);
        return isNew;
    }
}
