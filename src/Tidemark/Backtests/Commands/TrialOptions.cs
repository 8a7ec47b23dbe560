using System.CommandLine;
using Tidemark.Backtests.Trials;

namespace Tidemark.Backtests.Commands;

/// <summary>The options that say where tries are counted.</summary>
sealed class TrialOptions
{
    readonly Option<FileInfo?> file = new("--trials") { Description = "File in which tries are counted, which every result is deflated by (default: one for each person at this machine)." };
    readonly Option<string?> account = new("--account") { Description = "E-mail address of the account among whose tries this counts; goes with --symbol." };

    public IEnumerable<Option> All => [file, account];

    public void Check(Command command, MarketOptions market) => command.Validators.Add(parsed =>
    {
        if (parsed.GetValue(account) is not null && parsed.GetValue(market.Csv) is not null)
        {
            parsed.AddError("--account goes with --symbol; with --csv tries are counted in a file.");
        }
        if (parsed.GetValue(account) is not null && parsed.GetValue(file) is not null)
        {
            parsed.AddError("Say either --account or --trials.");
        }
    });

    public async Task<TrialKeeper> Keeper(ParseResult parsed, TradedMarket market, CancellationToken stop) =>
        parsed.GetValue(account) is { } email && market.Services is { } services
            ? await TrialsOfAccount.Of(email, TrialBook.MarketOf(market.Provenance), services, stop)
            : new TrialFile(parsed.GetValue(file)?.FullName ?? TrialFile.Usual(TrialBook.MarketOf(market.Provenance)));
}
