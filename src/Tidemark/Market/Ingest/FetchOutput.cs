using System.Globalization;
using Spectre.Console;
using Tidemark.Market.Exchanges;
using Tidemark.Platform.Cli;

namespace Tidemark.Market.Ingest;

/// <summary>How the fetching verbs tell what they do: bars while they work, a line or a table after it, or JSON.</summary>
sealed class FetchOutput(CommandContext context, string what, bool isVerbose, bool asJson)
{
    public CommandContext Context => context;
    public bool AsJson => asJson;

    /// <summary>A bar for a symbol, advanced by the minutes that were fetched.</summary>
    public Action<int> Counter(CandleProgress progress, Symbol symbol, TimeSpan span)
    {
        var bar = progress.Bar(symbol.ToString(), span.TotalMinutes);
        var done = 0.0;
        return minutes => bar(done += minutes);
    }

    public async Task<int> Show(IExchange exchange, Func<CandleProgress, Task<IReadOnlyList<SymbolFetch>?>> work)
    {
        var began = context.Clock.GetTimestamp();
        if (await CandleProgress.Show(context.Out, asJson, work) is not { } done)
        {
            await Console.Error.WriteLineAsync("The same is being fetched already; this run leaves it to that one.");
            return CommandLine.Done;
        }
        var took = context.Clock.GetElapsedTime(began);
        if (asJson)
        {
            context.WriteJson(new { source = exchange.Source.Name, exchange.Source.Provenance, seconds = Math.Round(took.TotalSeconds, 3), symbols = done.Select(View) });
        }
        else
        {
            if (isVerbose)
            {
                WriteTable(done);
            }
            context.Out.WriteLine(Summary(exchange, done, took));
        }
        foreach (var failed in done.Where(one => Error(one) is not null))
        {
            Console.Error.WriteLine($"{failed.Symbol}: {Error(failed)}");
        }
        return done.Any(one => Error(one) is not null) ? CommandLine.Failed : CommandLine.Done;
    }

    string Summary(IExchange exchange, IReadOnlyList<SymbolFetch> done, TimeSpan took)
    {
        var saved = done.Aggregate(default(LoadResult), (sum, one) => sum + one.Result);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {saved.Saved.Stored:N0} candles of {done.Count} symbols stored from {exchange.Source.Name}, {saved.Saved.Quarantined:N0} quarantined, {saved.FailedBatches:N0} batches failed, in {took.TotalSeconds:0.0} s.");
    }

    static string? Error(SymbolFetch one) => one.Error ?? one.Result.Failure;

    static object View(SymbolFetch one) => new
    {
        symbol = one.Symbol.ToString(),
        one.Result.Saved.Stored,
        one.Result.Saved.AlreadyThere,
        one.Result.Saved.Quarantined,
        one.Result.FailedBatches,
        one.Result.Missing,
        seconds = Math.Round(one.Took.TotalSeconds, 3),
        error = Error(one),
    };

    void WriteTable(IReadOnlyList<SymbolFetch> done)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Symbol");
        foreach (var column in (string[])["Stored", "Already there", "Quarantined", "Missing", "Failed batches", "Seconds"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (var one in done)
        {
            var (saved, failed, missing, _) = one.Result;
            table.AddRow([one.Symbol.ToString(), .. new[] { saved.Stored, saved.AlreadyThere, saved.Quarantined, missing, failed }.Select(count => count.ToString("N0", CultureInfo.InvariantCulture)), one.Took.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)]);
        }
        context.Out.Write(table);
    }
}
