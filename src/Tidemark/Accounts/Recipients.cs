using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Accounts;

/// <summary>What other modules may know of a person to reach and serve him.</summary>
public sealed record Recipient(long Id, string Email, string TimeZone, string Language, Role Role, Plan Plan, string NtfyTopic, bool IsOpen);

/// <summary>Finds the people that messages go to.</summary>
public sealed class Recipients(TidemarkDb db)
{
    public async Task<Dictionary<long, Recipient>> Find(IReadOnlyCollection<long> users, CancellationToken stop) =>
        await db.Set<User>().AsNoTracking()
            .Where(user => users.Contains(user.Id))
            .Select(user => new Recipient(user.Id, user.Email, user.TimeZone, user.Language, user.Role, user.Plan, user.NtfyTopic, user.EmailVerifiedAt != null && user.LockedAt == null))
            .ToDictionaryAsync(recipient => recipient.Id, stop);

    /// <summary>Gives the person another topic; whoever knew the old one hears nothing more.</summary>
    public Task RenewNtfyTopic(long user, string topic, CancellationToken stop) =>
        db.Set<User>().Where(known => known.Id == user).ExecuteUpdateAsync(change => change.SetProperty(known => known.NtfyTopic, topic), stop);
}
