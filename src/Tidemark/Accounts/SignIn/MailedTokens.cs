using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Secrets;

namespace Tidemark.Accounts.SignIn;

/// <summary>What a mailed link is for.</summary>
public enum MailedPurpose
{
    Verify,
    Reset,
    Email,
}

/// <summary>A link that was sent by mail: kept as a hash, bound to the address it was sent to, good once.</summary>
public sealed class MailedToken
{
    public required byte[] Hash { get; init; }
    public required long UserId { get; init; }
    public required MailedPurpose Purpose { get; init; }
    public required string Email { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MailedToken>
    {
        public void Configure(EntityTypeBuilder<MailedToken> token)
        {
            token.ToTable("mailed_tokens");
            token.HasKey(t => t.Hash);
            token.Property(t => t.Purpose).HasConversion(purpose => purpose.ToString().ToUpperInvariant(), text => Enum.Parse<MailedPurpose>(text, true));
        }
    }
}

/// <summary>Issues mailed links and takes them back.</summary>
public sealed class MailedTokens(TidemarkDb db, TokenHashes hashes, TimeProvider clock)
{
    static TimeSpan Lasts(MailedPurpose purpose) => purpose == MailedPurpose.Reset ? TimeSpan.FromMinutes(30) : TimeSpan.FromHours(24);

    /// <summary>A new link; the one of its kind before it opens nothing any more.</summary>
    public async Task<string> Issue(User user, MailedPurpose purpose, string email, CancellationToken stop, TimeSpan? lasts = null)
    {
        await Void(user.Id, purpose, stop);
        var token = TokenHashes.NewToken();
        db.Add(new MailedToken { Hash = hashes.Hash($"mailed {purpose}", token), UserId = user.Id, Purpose = purpose, Email = email, ExpiresAt = clock.GetUtcNow() + (lasts ?? Lasts(purpose)) });
        return token;
    }

    /// <summary>Spends a link. Of many who try at once, one succeeds.</summary>
    public async Task<MailedToken> Spend(MailedPurpose purpose, string token, CancellationToken stop)
    {
        var hash = hashes.Hash($"mailed {purpose}", token);
        var spent = await db.Set<MailedToken>()
            .FromSql($"DELETE FROM mailed_tokens WHERE hash = {hash} RETURNING *")
            .AsNoTracking()
            .ToListAsync(stop);
        return spent is [var link] && link.ExpiresAt > clock.GetUtcNow() ? link : throw new TidemarkException(ErrorCode.LinkExpired);
    }

    public Task Void(long user, MailedPurpose purpose, CancellationToken stop) =>
        db.Set<MailedToken>().Where(token => token.UserId == user && token.Purpose == purpose).ExecuteDeleteAsync(stop);
}
