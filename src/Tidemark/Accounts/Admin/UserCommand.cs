using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts.Admin;

/// <summary>`tidemark user`: for the operator at the machine, above all for one who is locked out of the web.</summary>
static class UserCommand
{
    public sealed record Listed(long Id, string Email, string Role, string Plan, string State, bool SecondFactor, DateTimeOffset? LastSeenAt);

    public static Command Build(CommandContext context) => new("user", "Accounts, from the machine's console: list, create, reset, lock, unlock, role, plan, disable-2fa.")
    {
        List(context),
        Create(context),
        For(context, "reset", "Make a link to choose a new password, and print it; it is mailed too.", ResetLine),
        Locking(context),
        For(context, "unlock", "Open a locked account and forget its failed sign-ins.", async (desk, user, _, stop) =>
        {
            await desk.Unlock(UserDesk.Actor.Console, user.Id, stop);
            return $"{user.Email} is open.";
        }),
        Standing<Role>(context, "role", "User, Provider or Admin.", (desk, user, role, stop) => desk.SetStanding(UserDesk.Actor.Console, user.Id, role, null, stop)),
        Standing<Plan>(context, "plan", "Free, Pro or Premium.", (desk, user, plan, stop) => desk.SetStanding(UserDesk.Actor.Console, user.Id, null, plan, stop)),
        DisableSecondFactor(context),
    };

    static Argument<string> Email() => new("email") { Description = "The account's e-mail address." };

    static Command List(CommandContext context)
    {
        var (search, json) = (new Argument<string?>("search") { Description = "Part of the address or name.", Arity = ArgumentArity.ZeroOrOne }, CommandOptions.Json());
        var command = new Command("list", "List accounts, newest first, at most 200.") { search, json };
        command.SetAction((parsed, stop) => context.WithServices(
            async (services, ending) =>
            {
                var part = (parsed.GetValue(search) ?? "").ToLowerInvariant();
                var users = await services.GetRequiredService<TidemarkDb>().Set<User>().AsNoTracking()
                    .Where(user => part == "" || user.Email.Contains(part) || EF.Functions.ILike(user.Name, $"%{part}%"))
                    .OrderByDescending(user => user.Id).Take(200).ToListAsync(ending);
                var listed = users.ConvertAll(user => new Listed(user.Id, user.Email, $"{user.Role}", $"{user.Plan}", user.LockedAt is not null ? "locked" : user.EmailVerifiedAt is null ? "unconfirmed" : "active", user.HasAuthenticator, user.LastSeenAt));
                if (parsed.GetValue(json))
                {
                    context.WriteJson(listed);
                    return CommandLine.Done;
                }
                var table = new Table().Border(TableBorder.Simple).AddColumns("Id", "Address", "Role", "Plan", "State", "2FA", "Last seen");
                foreach (var user in listed)
                {
                    table.AddRow(new Text($"{user.Id}"), new Text(user.Email), new Text(user.Role), new Text(user.Plan), new Text(user.State), new Text(user.SecondFactor ? "on" : ""), new Text($"{user.LastSeenAt:u}"));
                }
                context.Out.Write(table);
                return CommandLine.Done;
            },
            stop));
        return command;
    }

    static Command Create(CommandContext context)
    {
        var email = Email();
        var role = new Option<Role>("--role") { Description = "User, Provider or Admin (default: User)." };
        var plan = new Option<Plan>("--plan") { Description = "Free, Pro or Premium (default: Free)." };
        var command = new Command("create", "Make an account and print the link by which its owner chooses a password.") { email, role, plan };
        command.SetAction((parsed, stop) => context.WithServices(
            async (services, ending) =>
            {
                var address = parsed.GetValue(email)!;
                if (Fields.Email(address) is not null)
                {
                    throw new CommandException($"{address} is not an e-mail address.");
                }
                return await Told(async () =>
                {
                    var console = new Caller(null, true, "console");
                    var user = await services.GetRequiredService<Registration>().Invite(console, new(address, "", "", "en", "UTC"), parsed.GetValue(role), parsed.GetValue(plan), ending);
                    Console.Out.WriteLine($"{user.Email}: role {user.Role}, plan {user.Plan}.");
                    Console.Out.WriteLine(await ResetLine(services.GetRequiredService<UserDesk>(), user, services, ending));
                    return CommandLine.Done;
                });
            },
            stop));
        return command;
    }

    static Command Locking(CommandContext context)
    {
        var (email, reason) = (Email(), new Option<string>("--reason") { Description = "Why; the audit log keeps it.", Required = true });
        var command = new Command("lock", "Lock an account and end its sessions.") { email, reason };
        command.SetAction((parsed, stop) => Act(context, parsed.GetValue(email)!, async (desk, user, _, ending) =>
        {
            await desk.Lock(UserDesk.Actor.Console, user.Id, parsed.GetValue(reason)!, ending);
            return $"{user.Email} is locked.";
        }, stop));
        return command;
    }

    static Command Standing<T>(CommandContext context, string what, string words, Func<UserDesk, User, T, CancellationToken, Task> set)
        where T : struct, Enum
    {
        var (email, value) = (Email(), new Argument<T>(what) { Description = words });
        var command = new Command(what, $"Set an account's {what}.") { email, value };
        command.SetAction((parsed, stop) => Act(context, parsed.GetValue(email)!, async (desk, user, _, ending) =>
        {
            await set(desk, user, parsed.GetValue(value), ending);
            return $"{user.Email}: {what} {parsed.GetValue(value)}.";
        }, stop));
        return command;
    }

    static Command DisableSecondFactor(CommandContext context)
    {
        var (email, yes) = (Email(), CommandOptions.Yes());
        var command = new Command("disable-2fa", "Turn an account's authenticator off, for who lost it and the recovery codes.") { email, yes };
        command.SetAction((parsed, stop) => Act(context, parsed.GetValue(email)!, async (desk, user, _, ending) =>
        {
            var question = $"This takes away the second factor of {user.Email}. Type the address to go on:";
            if (!parsed.GetValue(yes) && User.Normal((Console.IsInputRedirected ? await Console.In.ReadLineAsync(ending) : context.Out.Ask<string>(Markup.Escape(question))) ?? "") != user.Email)
            {
                throw new CommandException($"Nothing was changed. {question} --yes goes on without asking.");
            }
            await desk.RemoveSecondFactor(user.Id, ending);
            return $"{user.Email} signs in with the password alone.";
        }, stop));
        return command;
    }

    static Command For(CommandContext context, string name, string words, Func<UserDesk, User, IServiceProvider, CancellationToken, Task<string>> act)
    {
        var email = Email();
        var command = new Command(name, words) { email };
        command.SetAction((parsed, stop) => Act(context, parsed.GetValue(email)!, act, stop));
        return command;
    }

    static Task<int> Act(CommandContext context, string address, Func<UserDesk, User, IServiceProvider, CancellationToken, Task<string>> act, CancellationToken stop) =>
        context.WithServices(
            async (services, ending) =>
            {
                var email = User.Normal(address);
                var user = await services.GetRequiredService<TidemarkDb>().Set<User>().AsNoTracking().SingleOrDefaultAsync(known => known.Email == email, ending)
                    ?? throw new CommandException($"There is no account with the address {address}.");
                return await Told(async () =>
                {
                    Console.Out.WriteLine(await act(services.GetRequiredService<UserDesk>(), user, services, ending));
                    return CommandLine.Done;
                });
            },
            stop);

    static async Task<string> ResetLine(UserDesk desk, User user, IServiceProvider services, CancellationToken stop) =>
        $"{user.Email} chooses a password at {new Uri(services.GetRequiredService<TidemarkSettings>().PublicUrl, $"/reset?token={await desk.SendReset(UserDesk.Actor.Console, user.Id, stop)}")}";

    static async Task<int> Told(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (TidemarkException refused)
        {
            throw new CommandException(refused.Message);
        }
    }
}
