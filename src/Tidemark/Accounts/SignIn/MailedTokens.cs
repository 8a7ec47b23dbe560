using System.Text.Json;
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

    /// <summary>What a confirmed registration becomes; null for other links.</summary>
    public string? Registration { get; init; }

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

/// <summary>What somebody registered with, waiting for the link to be followed.</summary>
public sealed record PendingRegistration(string PasswordHash, string Name, string Language, string TimeZone);

/// <summary>Issues mailed links and takes them back.</summary>
public sealed class MailedTokens(TidemarkDb db, TokenHashes hashes, TimeProvider clock)
{
    static TimeSpan Lasts(MailedPurpose purpose) => purpose == MailedPurpose.Reset ? TimeSpan.FromMinutes(30) : TimeSpan.FromHours(24);

    /// <summary>A new link; the one of its kind before it opens nothing any more.</summary>
    public async Task<string> Issue(User user, MailedPurpose purpose, string email, CancellationToken stop, TimeSpan? lasts = null)
    {
        await Void(user.Id, purpose, stop);
        return Add(user, purpose, email, lasts ?? Lasts(purpose), null);
    }

    /// <summary>A link that opens the account as it was registered this time; those of other registrations go on.</summary>
    public string Register(User user, PendingRegistration pending) => Add(user, MailedPurpose.Verify, user.Email, Lasts(MailedPurpose.Verify), JsonSerializer.Serialize(pending));

    string Add(User user, MailedPurpose purpose, string email, TimeSpan lasts, string? registration)
    {
        var token = TokenHashes.NewToken();
        db.Add(new MailedToken { Hash = hashes.Hash($"mailed {purpose}", token), UserId = user.Id, Purpose = purpose, Email = email, ExpiresAt = clock.GetUtcNow() + lasts, Registration = registration });
        return token;
    }

    /// <summary>What the link of a registration opens, without spending it.</summary>
    public async Task<PendingRegistration> Registration(string token, CancellationToken stop)
    {
        var hash = hashes.Hash($"mailed {MailedPurpose.Verify}", token);
        var link = await db.Set<MailedToken>().AsNoTracking().SingleOrDefaultAsync(known => known.Hash == hash, stop);
        return link is { Registration: { } pending } && link.ExpiresAt > clock.GetUtcNow() ? JsonSerializer.Deserialize<PendingRegistration>(pending)! : throw new TidemarkException(ErrorCode.LinkExpired);
    }

    public async Task<PendingRegistration?> NewestRegistration(long user, CancellationToken stop) =>
        await db.Set<MailedToken>().Where(token => token.UserId == user && token.Purpose == MailedPurpose.Verify).OrderByDescending(token => token.ExpiresAt).Select(token => token.Registration).FirstOrDefaultAsync(stop) is { } pending
            ? JsonSerializer.Deserialize<PendingRegistration>(pending) : null;

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

    /// <summary>Every link of the user, whatever it is for: what was asked for before counts no longer.</summary>
    public Task VoidAll(long user, CancellationToken stop) => db.Set<MailedToken>().Where(token => token.UserId == user).ExecuteDeleteAsync(stop);

    Task<int> Void(long user, MailedPurpose purpose, CancellationToken stop) =>
        db.Set<MailedToken>().Where(token => token.UserId == user && token.Purpose == purpose).ExecuteDeleteAsync(stop);
}
