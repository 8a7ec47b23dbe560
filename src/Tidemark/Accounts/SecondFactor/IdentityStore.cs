using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Database;

namespace Tidemark.Accounts.SecondFactor;

/// <summary>What ASP.NET Core Identity needs to know of our users to check their passkeys.</summary>
sealed class IdentityStore(TidemarkDb db, TimeProvider clock) : IUserPasskeyStore<User>
{
    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));
    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? db.Set<User>().SingleOrDefaultAsync(user => user.Id == id, cancellationToken) : Task.FromResult<User?>(null);

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        db.Set<User>().SingleOrDefaultAsync(user => user.Email == User.Normal(normalizedUserName), cancellationToken);

    public async Task AddOrUpdatePasskeyAsync(User user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var known = await db.Set<Passkey>().SingleOrDefaultAsync(own => own.CredentialId == passkey.CredentialId && own.UserId == user.Id, cancellationToken);
        if (known is null)
        {
            db.Add(Passkey.Of(user, passkey.Name ?? "Passkey", passkey));
        }
        else
        {
            (known.SignCount, known.IsUserVerified, known.IsBackedUp, known.LastUsedAt) = (passkey.SignCount, passkey.IsUserVerified, passkey.IsBackedUp, clock.GetUtcNow());
        }
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken) =>
        [.. (await db.Set<Passkey>().AsNoTracking().Where(own => own.UserId == user.Id).ToListAsync(cancellationToken)).Select(own => own.ToInfo())];

    public async Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await db.Set<Passkey>().Where(own => own.CredentialId == credentialId).Join(db.Set<User>(), own => own.UserId, user => user.Id, (_, user) => user).SingleOrDefaultAsync(cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await db.Set<Passkey>().AsNoTracking().SingleOrDefaultAsync(own => own.CredentialId == credentialId && own.UserId == user.Id, cancellationToken))?.ToInfo();

    public Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) =>
        db.Set<Passkey>().Where(own => own.CredentialId == credentialId && own.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);

    // Users are made and changed by the program's own pipelines only.
    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
        // The database context belongs to the request.
    }
}
