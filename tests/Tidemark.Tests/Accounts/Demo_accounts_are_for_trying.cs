using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Database;
using Tidemark.Running;

namespace Tidemark.Accounts;

public sealed class Demo_accounts_are_for_trying(RunningServer server, TestPostgres postgres) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("admin@tidemark.local", "Admin123", Role.Admin, Plan.Premium)]
    [InlineData("free@tidemark.local", "Free123", Role.User, Plan.Free)]
    [InlineData("pro@tidemark.local", "Pro123", Role.User, Plan.Pro)]
    [InlineData("premium@tidemark.local", "Premium123", Role.User, Plan.Premium)]
    public async Task One_for_each_tier(string email, string password, Role role, Plan plan)
    {
        using var scope = server.Services.CreateScope();
        var user = await scope.ServiceProvider.GetRequiredService<TidemarkDb>().Set<User>().SingleAsync(user => user.Email == email);
        var passwords = server.Services.GetRequiredService<Passwords>();

        (user.Role, user.Plan, user.IsDemo).ShouldBe((role, plan, true));
        (await passwords.Matches(user, password, CancellationToken.None)).ShouldBeTrue();
        (await passwords.Matches(user, password + "x", CancellationToken.None)).ShouldBeFalse();
        user.PasswordHash.ShouldNotContain(password);
    }

    [Fact]
    public async Task And_production_does_not_start_with_them()
    {
        var database = await postgres.Clone();
        await using var developer = new Node(postgres, database, isProduction: false);
        await developer.InitializeAsync();

        await using var production = new Node(postgres, database, isProduction: true);

        (await Should.ThrowAsync<CommandException>(async () => await production.InitializeAsync())).Message.ShouldContain("admin@tidemark.local");
    }

    [Theory]
    [InlineData("Abcdef72", null)]
    [InlineData("Password1", "most used")]
    [InlineData("Abc12", "8 characters")]
    [InlineData("abcdefg1", "upper-case")]
    [InlineData("ABCDEFG1", "upper-case")]
    [InlineData("Abcdefgh", "digit")]
    [InlineData("correct horse battery", null)]
    public void A_chosen_password_has_its_rule(string password, string? fault)
    {
        if (fault is null)
        {
            Passwords.Fault(password).ShouldBeNull();
        }
        else
        {
            Passwords.Fault(password)!.ShouldContain(fault);
        }
    }

    sealed class Node(TestPostgres postgres, string database, bool isProduction) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = database,
            ["APP_ENV"] = isProduction ? "production" : "development",
            ["SECRET_KEY"] = new string('s', 32),
            ["ENCRYPTION_KEY"] = new string('e', 32),
            ["ENCRYPTION_SALT"] = new string('t', 16),
        };
    }
}
