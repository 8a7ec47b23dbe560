using Microsoft.Extensions.DependencyInjection;
using Tidemark.Backtests.Commands;
using Tidemark.Backtests.Trials;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Backtesting.Proof;

namespace Tidemark.Backtests;

public sealed class The_console_counts_for_an_account(LabServer server) : IClassFixture<LabServer>
{
    [Fact]
    public async Task As_its_runs_in_the_browser_do()
    {
        var stop = TestContext.Current.CancellationToken;
        using var who = await server.Trader();
        using var scope = server.Services.CreateScope();
        var trials = await TrialsOfAccount.Of(who.Email.ToUpperInvariant(), TrialMarket.Real, scope.ServiceProvider, stop);

        await trials.Count("one", new Tried(1, 3, TrialTally.None.With(0.1).With(0.2).With(0.3).With(0.4)), stop);
        await trials.Count("one", new Tried(1, 3, TrialTally.None.With(0.1).With(0.2).With(0.3).With(0.4)), stop);

        var (tally, isCounted) = await trials.Read("one", stop);
        isCounted.ShouldBeTrue();
        (tally.Trials, tally.Measured).ShouldBe((4, 4));
        (await scope.ServiceProvider.GetRequiredService<TrialBook>().Of(who.Id, TrialMarket.Real, stop)).Runs.ShouldBe(1);
        (await scope.ServiceProvider.GetRequiredService<TrialBook>().Of(who.Id, TrialMarket.Simulated, stop)).ShouldBe(TrialCount.None, "what was tried on real prices deflates nothing found on simulated ones");
    }

    [Fact]
    public async Task Only_where_there_is_one()
    {
        using var scope = server.Services.CreateScope();

        (await Should.ThrowAsync<CommandException>(() => TrialsOfAccount.Of("nobody@example.com", TrialMarket.Real, scope.ServiceProvider, TestContext.Current.CancellationToken))).Message.ShouldBe("There is no account nobody@example.com.");
    }
}
