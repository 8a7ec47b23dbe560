using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts.Admin;

/// <summary>`tidemark db user`: make an account, or give one another password, role or plan; without an address, the demo accounts.</summary>
static class DatabaseUserCommand
{
    public static Command Build(CommandContext context)
    {
        var email = new Argument<string?>("email") { Description = "The account's e-mail address; without one, the demo accounts are made as they were (development only).", Arity = ArgumentArity.ZeroOrOne };
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
        await services.GetRequiredService<DemoAccounts>().MakeAgain(stop);
        context.Out.WriteLine(DemoAccounts.Line);
        return CommandLine.Done;
    }

    static async Task<int> Write(CommandContext context, IServiceProvider services, string address, Role? role, Plan? plan, bool fromInput, CancellationToken stop)
    {
        var email = User.Normal(address);
        if (Fields.Email(email) is not null)
        {
            throw new CommandException($"{address} is not an e-mail address.");
        }
        var db = services.GetRequiredService<TidemarkDb>();
        var hash = services.GetRequiredService<Passwords>().HashNow(await AskPassword(context, fromInput, stop));
        await db.InTransaction(
            async _ =>
            {
                var now = context.Clock.GetUtcNow();
                var user = await db.Set<User>().FirstOrDefaultAsync(known => known.Email == email, stop);
                if (user is null)
                {
                    db.Add(user = new User { Email = email, PasswordHash = hash, Role = role ?? Role.User, Plan = plan ?? Plan.Free, CreatedAt = now, EmailVerifiedAt = now });
                }
                else
                {
                    if (role is { } other && other != user.Role)
                    {
                        await LastAdmin.Guard(db, user, stop);
                    }
                    (user.Role, user.Plan) = (role ?? user.Role, plan ?? user.Plan);
                    user.EmailVerifiedAt ??= now;
                    await services.GetRequiredService<Registration>().SetPassword(null, user, hash, null, "password.set", stop);
                }
                await db.SaveChangesAsync(stop);
                await services.GetRequiredService<AuditLog>().AppendFromConsole("user.written", user.Id, stop, ("role", user.Role.ToString()), ("plan", user.Plan.ToString()));
                context.Out.WriteLine($"{user.Email}: role {user.Role}, plan {user.Plan}.");
            },
            stop);
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
