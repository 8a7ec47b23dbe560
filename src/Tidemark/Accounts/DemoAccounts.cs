using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts;

/// <summary>Four accounts to try the product with, one a tier. Development only.</summary>
public sealed class DemoAccounts(TidemarkDb db, Passwords passwords, TidemarkSettings settings, TimeProvider clock)
{
    static readonly (string Name, string Password, Role Role, Plan Plan)[] All =
    [
        ("admin", "Admin123", Role.Admin, Plan.Premium),
        ("free", "Free123", Role.User, Plan.Free),
        ("pro", "Pro123", Role.User, Plan.Pro),
        ("premium", "Premium123", Role.User, Plan.Premium),
    ];

    public static string Line { get; } = string.Join("  ", All.Select(account => $"{Address(account.Name)} {account.Password}"));

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
        foreach (var account in All.Where(account => !known.Contains(Address(account.Name))))
        {
            db.Add(new User
            {
                Email = Address(account.Name),
                PasswordHash = passwords.Hash(account.Password),
                Role = account.Role,
                Plan = account.Plan,
                IsDemo = true,
                CreatedAt = clock.GetUtcNow(),
            });
        }
        await db.SaveChangesAsync(stop);
    }

    static string Address(string name) => $"{name}@tidemark.local";
}
