using System.Text.Json;
using Tidemark.Running;

namespace Tidemark.Accounts;

public sealed class Operators_help_from_the_console(DataFolder folder) : IClassFixture<DataFolder>
{
    [Fact]
    public async Task Who_is_locked_out_gets_back_in()
    {
        var made = await Run("user create ann@example.com --role Admin");
        var again = await Run("user create ann@example.com");
        var locked = await Run("user lock ann@example.com --reason lost-laptop");
        var listed = await Run("user list ann --json");
        var unlocked = await Run("user unlock ann@example.com");
        var reset = await Run("user reset ann@example.com");
        var plan = await Run("user plan ann@example.com Premium");
        var lastAdmin = await Run("user role ann@example.com User");
        var unknown = await Run("user unlock nobody@example.com");
        var audit = await Run("audit verify");

        made.Output.ShouldContain("http://localhost:5000/reset?token=");
        (again.Code, again.Output).ShouldSatisfyAllConditions(() => again.Code.ShouldBe(1), () => again.Output.ShouldContain("There is an account"));
        // Nobody else could let her in again, but nobody can sign in to an account without a password either.
        locked.Code.ShouldBe(1);
        locked.Output.ShouldContain("last admin");
        JsonElement.Parse(listed.Output)[0].GetProperty("state").GetString().ShouldBe("unconfirmed");
        unlocked.Output.ShouldContain("ann@example.com is open.");
        reset.Output.ShouldContain("/reset?token=");
        plan.Output.ShouldContain("plan Premium");
        lastAdmin.Output.ShouldContain("last admin");
        unknown.Code.ShouldBe(1);
        audit.Output.ShouldContain("The audit log is intact");
        audit.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Taking_away_a_second_factor_asks_first()
    {
        await Run("user create bob@example.com");

        var refused = await Run("user disable-2fa bob@example.com", input: "no");
        var done = await Run("user disable-2fa bob@example.com", input: "bob@example.com");

        refused.Code.ShouldBe(1);
        refused.Output.ShouldContain("Nothing was changed");
        done.Code.ShouldBe(0);
    }

    async Task<(int Code, string Output)> Run(string arguments, string? input = null)
    {
        await using var program = TidemarkProcess.Start(folder.Path, arguments.Split(' '));
        if (input is not null)
        {
            await program.Type(input);
        }
        var code = await program.End();
        return (code, program.Output);
    }
}
