using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts;

/// <summary>`tidemark db user`: make an account, or give one another password, role or plan; without an address, the demo accounts.</summary>
static class UserCommand
{
    public static Command Build(CommandContext context)
    {
        var email = new Argument<string?>("email") { Description = "The account's e-mail address; without one, the demo accounts are made (development only).", Arity = ArgumentArity.ZeroOrOne };
        var role = new Option<Role?>("--role") { Description = "User, Provider or Admin (default: User, or as it is)." };
        var plan = new Option<Plan?>("--plan") { Description = "Free, Pro or Premium (default: Free, or as it is)." };
        var password = new Option<bool>("--password-stdin") { Description = "Read the password from standard input instead of asking." };
        var command = new Command("user", "Make an account, or give one another password, role or plan; without an address, make the demo accounts.") { email, role, plan, password };
        command.SetAction((parsed, stop) => context.WithServices(
            (services, ending) => parsed.GetValue(email) is { } address
                ? Write(context, services, address, parsed.GetValue(role), parsed.GetValue(plan), parsed.GetValue(password), ending)
                : MakeDemoAccounts(context, services, ending),
            stop));
        return command;
    }

    static async Task<int> MakeDemoAccounts(CommandContext context, IServiceProvider services, CancellationToken stop)
    {
        if (services.GetRequiredService<TidemarkSettings>().IsProduction)
        {
            throw new CommandException("Demo accounts have public passwords; production gets none. Name the account to make: tidemark db user you@example.com --role Admin");
        }
        await services.GetRequiredService<DemoAccounts>().Prepare(stop);
        context.Out.WriteLine(DemoAccounts.Line);
        return CommandLine.Done;
    }

    static async Task<int> Write(CommandContext context, IServiceProvider services, string address, Role? role, Plan? plan, bool fromInput, CancellationToken stop)
    {
        var email = address.Trim().ToLowerInvariant();
        if (email.IndexOf('@', StringComparison.Ordinal) is var at && (at < 1 || at == email.Length - 1))
        {
            throw new CommandException($"{address} is not an e-mail address.");
        }
        var db = services.GetRequiredService<TidemarkDb>();
        var passwords = services.GetRequiredService<Passwords>();
        var user = await db.Set<User>().FirstOrDefaultAsync(known => known.Email == email, stop);
        var hash = passwords.Hash(await AskPassword(context, fromInput, stop));
        if (user is null)
        {
            user = new User { Email = email, PasswordHash = hash, Role = role ?? Role.User, Plan = plan ?? Plan.Free, CreatedAt = context.Clock.GetUtcNow() };
            db.Add(user);
        }
        else
        {
            (user.PasswordHash, user.Role, user.Plan) = (hash, role ?? user.Role, plan ?? user.Plan);
        }
        await db.SaveChangesAsync(stop);
        context.Out.WriteLine($"{user.Email}: role {user.Role}, plan {user.Plan}.");
        return CommandLine.Done;
    }

    static async Task<string> AskPassword(CommandContext context, bool fromInput, CancellationToken stop)
    {
        var password = fromInput || Console.IsInputRedirected
            ? await Console.In.ReadLineAsync(stop) ?? ""
            : context.Out.Prompt(new TextPrompt<string>("Password:").Secret());
        return Passwords.Fault(password) is { } fault ? throw new CommandException(fault) : password;
    }
}
