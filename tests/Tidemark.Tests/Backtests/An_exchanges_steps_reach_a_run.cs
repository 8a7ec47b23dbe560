using Microsoft.Extensions.DependencyInjection;
using Tidemark.Backtests.Running;
using Tidemark.Market;
using Tidemark.Market.Exchanges;
using Tidemark.Running;

namespace Tidemark.Backtests;

public sealed class An_exchanges_steps_reach_a_run(TestPostgres postgres)
{
    sealed class SimulatedServer(TestPostgres postgres) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["MARKET_SOURCE"] = "simulated", ["ROLES"] = "web", ["SCHEDULER_ENABLED"] = "false" };
    }

    [Fact]
    public async Task They_are_the_exchanges_unless_the_caller_says_others()
    {
        await using var server = new SimulatedServer(postgres);
        await server.InitializeAsync();
        var exchange = (await server.Services.GetRequiredService<MarketConnection>().Open(CancellationToken.None))!;
        var bitcoin = new Symbol("BTC", "USDT");
        var listed = (await exchange.Instruments(CancellationToken.None)).Single(one => one.Symbol == bitcoin);
        var steps = server.Services.GetRequiredService<MarketSteps>();

        var rules = (await steps.Of(exchange.Source, bitcoin, null, CancellationToken.None))!;
        var asked = (await steps.Of(exchange.Source, bitcoin, new RunSettings { Lot = 0.5, MinNotional = 77 }, CancellationToken.None))!;

        rules.LotSize.ShouldBe((double)listed.StepSize);
        rules.TickSize.ShouldBe((double)listed.TickSize);
        rules.MinimumNotional.ShouldBe((double)listed.MinimumNotional);
        rules.LotSize.ShouldBeGreaterThan(0);
        (asked.LotSize, asked.TickSize, asked.MinimumNotional).ShouldBe((0.5, rules.TickSize, 77));
        (await steps.Of(new MarketSource("elsewhere", Provenance.Recorded), bitcoin, null, CancellationToken.None)).ShouldBeNull("nobody knows the steps of another source");
    }
}
