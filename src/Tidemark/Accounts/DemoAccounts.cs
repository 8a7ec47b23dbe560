using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts.Sessions;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts;

/// <summary>Four accounts to try the product with, one a tier. Development only.</summary>
public sealed class DemoAccounts(TidemarkDb db, Passwords passwords, SessionBook sessions, TidemarkSettings settings, TimeProvider clock)
{
    /// <summary>One of them, with its public password.</summary>
    public sealed record Demo(string Email, string Password, Role Role, Plan Plan);

    public static IReadOnlyList<Demo> All { get; } =
    [
        new("admin@tidemark.local", "Admin123", Role.Admin, Plan.Premium),
        new("free@tidemark.local", "Free123", Role.User, Plan.Free),
        new("pro@tidemark.local", "Pro123", Role.User, Plan.Pro),
        new("premium@tidemark.local", "Premium123", Role.User, Plan.Premium),
    ];

    public static string Line { get; } = string.Join("  ", All.Select(account => $"{account.Email} {account.Password}"));

    /// <summary>Makes them where they are missing; refuses to serve a production that has them.</summary>
    public async Task Prepare(CancellationToken stop)
    {
        var known = await db.Set<User>().Where(user => user.IsDemo).Select(user => user.Email).ToListAsync(stop);
        if (settings.IsProduction)
        {
            if (known.Count > 0)
            {
                throw new CommandException($"This database holds demo accounts with public passwords ({string.Join(", ", known)}). Production does not start with them; use a database of its own.");
            }
            return;
        }
        foreach (var account in All.Where(account => !known.Contains(account.Email)))
        {
            var now = clock.GetUtcNow();
            db.Add(new User
            {
                Email = account.Email,
                PasswordHash = passwords.HashNow(account.Password),
                Role = account.Role,
                Plan = account.Plan,
                IsDemo = true,
                CreatedAt = now,
                EmailVerifiedAt = now,
            });
        }
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Makes those that are missing, and the others as they were: password, role, plan, open, without a second factor.</summary>
    public async Task MakeAgain(CancellationToken stop)
    {
        await Prepare(stop);
        foreach (var user in await db.Set<User>().Where(user => user.IsDemo).ToListAsync(stop))
        {
            if (All.FirstOrDefault(account => account.Email == user.Email) is not { } account)
            {
                continue;
            }
            (user.PasswordHash, user.Role, user.Plan) = (passwords.HashNow(account.Password), account.Role, account.Plan);
            (user.LockedAt, user.LockReason, user.TotpSecret, user.TotpEnabledAt) = (null, null, null, null);
            await db.Database.ExecuteSqlAsync($"DELETE FROM passkeys WHERE user_id = {user.Id}", stop);
            await db.Database.ExecuteSqlAsync($"DELETE FROM recovery_codes WHERE user_id = {user.Id}", stop);
            await sessions.ForgetDevices(user.Id, stop);
            await sessions.EndAll(user.Id, null, "made again", stop);
        }
        await db.SaveChangesAsync(stop);
    }
}
