using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Running;

namespace Tidemark.Attacks;

/// <summary>Runs sqlmap, at its third level, against what strangers and admins may fill in. Takes minutes and needs sqlmap: TIDEMARK_ATTACKS=1 asks for it.</summary>
public sealed class Sqlmap_finds_nothing(Sqlmap_finds_nothing.Unguarded server) : IClassFixture<Sqlmap_finds_nothing.Unguarded>
{
    /// <summary>A server that never makes a guesser wait: what is looked for lies behind the waiting.</summary>
    public sealed class Unguarded(TestPostgres postgres) : RunningServer(postgres)
    {
        protected override void Replace(IServiceCollection services) =>
            services.AddSingleton(new PasswordCost(1)).AddSingleton(new GuardLimits { AccountTries = int.MaxValue - 1, NetworkTries = int.MaxValue - 1, StormTries = int.MaxValue - 1 });
    }

    [Theory]
    [Trait("Threat", "T31")]
    [InlineData("POST", "auth/login", """{"email":"ann@example.com","password":"Correct1Horse"}""")]
    [InlineData("FORM", "auth/login", "username=ann@example.com&password=Correct1Horse")]
    [InlineData("POST", "auth/register", """{"email":"ann@example.com","password":"Correct1Horse","name":"Ann","language":"en","timeZone":"UTC","acceptTerms":true,"acceptPrivacy":true,"isAdult":true}""")]
    [InlineData("POST", "auth/verify-email", """{"token":"abc"}""")]
    [InlineData("POST", "auth/second-factor", """{"challenge":"abc","code":"123456"}""")]
    [InlineData("POST", "auth/refresh", """{"refresh_token":"abc"}""")]
    [InlineData("POST", "auth/forgot-password", """{"email":"ann@example.com"}""")]
    [InlineData("POST", "auth/reset-password", """{"token":"abc","password":"Correct1Horse"}""")]
    [InlineData("ADMIN", "admin/users?search=ann&role=user&status=active&limit=5", null)]
    [InlineData("ADMIN", "admin/audit?action=user&actor=1", null)]
    public async Task At_level_three(string how, string path, string? body)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TIDEMARK_ATTACKS") == "1", "TIDEMARK_ATTACKS=1 runs sqlmap.");
        var start = new ProcessStartInfo("sqlmap", ["-u", $"{server.Address}api/v1/{path}", "--level=3", "--risk=2", "--batch", "--flush-session", "--dbms=PostgreSQL", "--threads=4", "--ignore-code=*", "--disable-coloring"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (body is not null)
        {
            start.ArgumentList.Add($"--data={body}");
        }
        if (how == "POST")
        {
            start.ArgumentList.Add("--headers=Content-Type: application/json");
        }
        if (how == "ADMIN")
        {
            using var admin = await Visitor.SignUp(server, role: Role.Admin, byToken: true);
            start.ArgumentList.Add($"--headers=Authorization: Bearer {admin.Token}");
        }

        using var sqlmap = Process.Start(start)!;
        var errors = sqlmap.StandardError.ReadToEndAsync();
        var said = await sqlmap.StandardOutput.ReadToEndAsync() + await errors;
        await sqlmap.WaitForExitAsync();

        said.ShouldContain("all tested parameters do not appear to be injectable", Case.Sensitive, said);
        said.ShouldNotContain("is vulnerable");
    }
}
