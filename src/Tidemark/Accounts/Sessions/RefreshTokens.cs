using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tidemark.Platform.Database;
using Tidemark.Platform.Secrets;

namespace Tidemark.Accounts.Sessions;

/// <summary>A token that is exchanged, once, for the next one and an access token.</summary>
public sealed class RefreshToken
{
    public required byte[] Hash { get; init; }
    public required long SessionId { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? SpentAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RefreshToken>
    {
        public void Configure(EntityTypeBuilder<RefreshToken> token)
        {
            token.ToTable("refresh_tokens");
            token.HasKey(t => t.Hash);
        }
    }
}

/// <summary>What became of a refresh token that was shown.</summary>
public enum Exchange
{
    /// <summary>Spent, and the next one given; or given again to who asked twice within seconds.</summary>
    Renewed,

    /// <summary>Unknown, or of a session that has ended.</summary>
    Refused,

    /// <summary>Spent long ago: somebody has a copy. The session is at an end.</summary>
    Stolen,
}

/// <summary>
/// Rotates refresh tokens. Each token's successor follows from it by a secret of the session, so that a client whose answer
/// was lost gets the same successor on its second try, and the line of tokens never forks.
/// </summary>
public sealed class RefreshTokens(TidemarkDb db, TokenHashes hashes, TimeProvider clock)
{
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    public sealed record Outcome(Exchange Exchange, Session? Session = null, User? User = null, string? Next = null);

    /// <summary>Exchanges a token; to be called in a transaction, which the outcome decides to keep in every case.</summary>
    public async Task<Outcome> Rotate(string shown, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var hash = hashes.Hash("refresh", shown);
        var token = await db.Set<RefreshToken>().FromSql($"SELECT * FROM refresh_tokens WHERE hash = {hash} FOR UPDATE").SingleOrDefaultAsync(stop);
        if (token is null)
        {
            return new(Exchange.Refused);
        }
        var session = await db.Set<Session>().SingleAsync(own => own.Id == token.SessionId, stop);
        var user = await db.Set<User>().SingleAsync(own => own.Id == session.UserId, stop);
        if (session.RevokedAt is not null || session.ExpiresAt <= now || session.LastSeenAt.AddSeconds(session.IdleSeconds) <= now || !user.IsOpen)
        {
            return new(Exchange.Refused, session, user);
        }
        var next = hashes.Follow("refresh", session.RefreshSeed, shown);
        if (token.SpentAt is { } spentAt)
        {
            var nextHash = hashes.Hash("refresh", next);
            var isNewest = await db.Set<RefreshToken>().AnyAsync(follower => follower.Hash == nextHash && follower.SpentAt == null, stop);
            return isNewest && now - spentAt <= Leeway ? new(Exchange.Renewed, session, user, next) : new(Exchange.Stolen, session, user);
        }
        token.SpentAt = now;
        session.LastSeenAt = now;
        db.Add(new RefreshToken { Hash = hashes.Hash("refresh", next), SessionId = session.Id, IssuedAt = now });
        await db.SaveChangesAsync(stop);
        return new(Exchange.Renewed, session, user, next);
    }
}
