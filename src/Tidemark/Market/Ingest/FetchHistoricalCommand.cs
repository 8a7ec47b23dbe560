using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Ingest;

/// <summary>`tidemark fetch-historical`: all history that is wanted, its gaps, what is stored, or everything deleted.</summary>
static class FetchHistoricalCommand
{
    const string ConfirmingWord = "DELETE";

    public static Command Build(CommandContext context)
    {
        var days = new Option<int?>("--days") { Description = "Days of history to load, whatever first day is configured." };
        var gaps = new Option<bool>("--gaps") { Description = "Only fill gaps of more than five minutes from the first wanted day on." };
        var full = new Option<bool>("--full") { Description = "With --gaps: look at everything that is stored." };
        var status = new Option<bool>("--status") { Description = "Show how many candles are stored and of which time." };
        var delete = new Option<bool>("--delete") { Description = "Delete ALL candles; asks for the word DELETE." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show each symbol with what it took." };
        var raw = new Option<bool>("--no-aggregate") { Description = "Do not make the longer timeframes afterwards." };
        var json = CommandOptions.Json();
        var command = new Command("fetch-historical", "Load history from the configured first day on.") { days, gaps, full, status, delete, verbose, raw, json };
        command.Aliases.Add("fetch_historical");
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(days) is < 1 or > 10_000)
            {
                parsed.AddError("--days must be 1 to 10000.");
            }
            if (parsed.GetValue(full) && !parsed.GetValue(gaps))
            {
                parsed.AddError("--full goes with --gaps.");
            }
        });
        command.SetAction((parsed, stop) => context.WithServices(
            (services, ending) =>
            {
                var output = new FetchOutput(context, "fetch-historical", parsed.GetValue(verbose), parsed.GetValue(json));
                var asked = new Asked(parsed.GetValue(days), parsed.GetValue(full), Aggregates: !parsed.GetValue(raw));
                return parsed switch
                {
                    _ when parsed.GetValue(status) => Status(services, output, ending),
                    _ when parsed.GetValue(delete) => Delete(services, output, ending),
                    _ when parsed.GetValue(gaps) => FillGaps(services, output, asked, ending),
                    _ => Load(services, output, asked, ending),
                };
            },
            stop));
        return command;
    }

    sealed record Asked(int? Days, bool Everything, bool Aggregates)
    {
        public DateTimeOffset From(TrackedSymbol symbol, MarketSource source, SymbolRegister register, TimeProvider clock) =>
            Days is { } days ? Timeframe.D1.Floor(clock.GetUtcNow().AddDays(-days)) : register.WantedFrom(symbol, source);
    }

    static async Task<int> Load(IServiceProvider services, FetchOutput output, Asked asked, CancellationToken stop)
    {
        var exchange = await FetchCommand.Connected(services, stop);
        var symbols = await FetchCommand.Watched(services, stop);
        var (loader, register, clock) = (services.GetRequiredService<SymbolLoader>(), services.GetRequiredService<SymbolRegister>(), services.GetRequiredService<TimeProvider>());
        return await output.Show(exchange, progress => services.GetRequiredService<FetchService>().Run("historical", exchange, symbols, async symbol =>
        {
            var rules = new LoadRules(OnFailure.Skip, asked.Aggregates);
            var wanted = asked.From(symbol, exchange.Source, register, clock);
            var now = Timeframe.M1.Floor(clock.GetUtcNow());
            var next = await loader.Next(exchange, symbol.Name, wanted, now, stop);
            var newest = await loader.Forward(exchange, symbol.Name, next, now, rules, output.Counter(progress, symbol.Name, now - next), stop);
            Action<int>? older = null;
            return newest + await loader.Older(
                exchange, symbol.Name, wanted, rules,
                span => older = output.Counter(progress, symbol.Name, span), minutes => older?.Invoke(minutes), stop);
        }, stop));
    }

    static async Task<int> FillGaps(IServiceProvider services, FetchOutput output, Asked asked, CancellationToken stop)
    {
        var exchange = await FetchCommand.Connected(services, stop);
        var symbols = await FetchCommand.Watched(services, stop);
        var (service, register, clock) = (services.GetRequiredService<FetchService>(), services.GetRequiredService<SymbolRegister>(), services.GetRequiredService<TimeProvider>());
        return await output.Show(exchange, progress => service.Run(
            "gaps", exchange, symbols,
            symbol => service.FillGaps(exchange, symbol.Name, asked.Everything ? null : asked.From(symbol, exchange.Source, register, clock), asked.Aggregates, stop),
            stop));
    }

    static async Task<int> Status(IServiceProvider services, FetchOutput output, CancellationToken stop)
    {
        var stored = (await services.GetRequiredService<SeriesCatalog>().Stored(stop)).Where(series => series.Candles > 0).ToList();
        if (output.AsJson)
        {
            output.Context.WriteJson(stored.Select(series => new
            {
                symbol = series.Key.Symbol.ToString(),
                source = series.Key.Source.Name,
                series.Key.Source.Provenance,
                timeframe = series.Key.Timeframe.ToString(),
                series.Candles,
                series.FirstOpen,
                series.LastOpen,
            }));
            return CommandLine.Done;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("Symbol", "Source", "Timeframe").AddColumn(new TableColumn("Candles").RightAligned()).AddColumns("First (UTC)", "Last (UTC)");
        foreach (var series in stored)
        {
            table.AddRow(
                series.Key.Symbol.ToString(), series.Key.Source.Name, series.Key.Timeframe.ToString(), series.Candles.ToString("N0", CultureInfo.InvariantCulture),
                series.FirstOpen!.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), series.LastOpen!.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }
        output.Context.Out.Write(table);
        output.Context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stored.Sum(series => series.Candles):N0} candles in {stored.Count} series."));
        return CommandLine.Done;
    }

    static async Task<int> Delete(IServiceProvider services, FetchOutput output, CancellationToken stop)
    {
        await Console.Error.WriteLineAsync($"This deletes ALL candles of all symbols and sources, recorded ones too. Type {ConfirmingWord} to go on:");
        if ((await Console.In.ReadLineAsync(stop))?.Trim() != ConfirmingWord)
        {
            throw new CommandException("Nothing was deleted.");
        }
        var deleted = await services.GetRequiredService<CandleStore>().DeleteEverything(stop);
        if (output.AsJson)
        {
            output.Context.WriteJson(new { deleted });
        }
        else
        {
            output.Context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{deleted:N0} candles deleted. Load them again with: tidemark fetch-historical"));
        }
        return CommandLine.Done;
    }
}
