using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidemark.Backtests.Running;

namespace Tidemark.Backtests;

/// <summary>The program judges a made-up run once it is up, so that the first real one need not wait until everything is compiled.</summary>
public sealed class A_rehearsal_leaves_nothing(LabServer server) : IClassFixture<LabServer>
{
    [Fact]
    public async Task Neither_a_run_nor_a_trial()
    {
        var rehearsal = server.Services.GetServices<IHostedService>().OfType<Rehearsal>().Single();
        await rehearsal.Rehearse(CancellationToken.None);
        (await server.Scalar<long>("SELECT (SELECT count(*) FROM backtest_runs) + (SELECT count(*) FROM backtest_results) + (SELECT count(*) FROM backtest_trials) + (SELECT count(*) FROM backtest_numbers)")).ShouldBe(0);
    }
}
