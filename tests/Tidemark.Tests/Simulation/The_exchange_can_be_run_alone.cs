using System.CommandLine;
using Tidemark.Platform.Cli;

namespace Tidemark.Simulation;

public sealed class The_exchange_can_be_run_alone
{
    static readonly Command Simulate = SimulateCommand.Build(new CommandContext(Program.Everything(), TimeProvider.System));

    [Fact]
    public async Task It_opens_and_closes_when_interrupted()
    {
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        (await Simulate.Parse(["--port", "0", "--symbols", "BTCUSDT,ethusdt", "--speed", "60"]).InvokeAsync(cancellationToken: interrupt.Token)).ShouldBe(CommandLine.Done);
    }

    [Theory]
    [InlineData("NOPEUSDT is not listed", "--symbols", "NOPEUSDT")]
    [InlineData("--csv wants SYMBOL=FILE", "--csv", "candles.csv")]
    [InlineData("nowhere.csv: ", "--csv", "BTCUSDT=nowhere.csv")]
    [InlineData("--speed cannot be negative", "--speed", "-1")]
    public async Task What_it_cannot_do_it_says(string complaint, params string[] arguments)
    {
        var run = Simulate.Parse(arguments);

        (await Should.ThrowAsync<CommandException>(() => run.InvokeAsync(new() { EnableDefaultExceptionHandler = false }))).Message.ShouldContain(complaint);
    }
}
