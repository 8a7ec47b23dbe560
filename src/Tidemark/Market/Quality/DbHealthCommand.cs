using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Cli;

namespace Tidemark.Market.Quality;

/// <summary>`tidemark db-health`: check stored candles, repair them, and say which gaps are known.</summary>
static class DbHealthCommand
{
    public static Command Build(CommandContext context)
    {
        var fix = new Option<bool>("--fix") { Description = "Set bad candles apart, fetch missing minutes from the exchange, and aggregate again." };
        var symbol = SymbolOption.Make();
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Show the summary only." };
        var reset = new Option<bool>("--reset") { Description = "Forget what was checked, so that everything is checked again." };
        var accept = new Option<bool>("--accept-gaps") { Description = "Mark the gaps that are there now as accepted: the exchange has no data." };
        var show = new Option<bool>("--show-gaps") { Description = "List the accepted gaps." };
        var clear = new Option<bool>("--clear-gaps") { Description = "Forget the accepted gaps, so that they are checked again." };
        var json = CommandOptions.Json();
        var command = new Command("db-health", "Check stored candles for gaps, alignment, sane prices and continuity.") { fix, symbol, quiet, reset, accept, show, clear, json };
        command.Aliases.Add("db_health");
        command.Validators.Add(result =>
        {
            if (new[] { fix, reset, accept, show, clear }.Count(result.GetValue) > 1)
            {
                result.AddError("Choose one of --fix, --reset, --accept-gaps, --show-gaps and --clear-gaps.");
            }
        });
        command.SetAction((parsed, stop) => context.WithServices(
            async (services, ending) =>
            {
                var only = await SymbolOption.Read(parsed.GetValue(symbol), services, ending);
                var table = services.GetRequiredService<QualityTable>();
                var asJson = parsed.GetValue(json);
                return parsed switch
                {
                    _ when parsed.GetValue(reset) => Told(context, asJson, "series to check anew", await table.Reset(only, ending)),
                    _ when parsed.GetValue(clear) => Told(context, asJson, "accepted gaps forgotten", await table.ClearKnown(only, ending)),
                    _ when parsed.GetValue(show) => ShowGaps(context, asJson, await table.Gaps(only, known: true, ending)),
                    _ when parsed.GetValue(accept) => await Accept(context, services, only, asJson, ending),
                    _ => await Check(context, services, only, parsed.GetValue(fix), parsed.GetValue(quiet), asJson, ending),
                };
            },
            stop));
        return command;
    }

    static async Task<int> Accept(CommandContext context, IServiceProvider services, Symbol? only, bool asJson, CancellationToken stop)
    {
        await CheckAll(context, services, only, fix: false, silent: true, stop);
        return Told(context, asJson, "gaps accepted", await services.GetRequiredService<QualityTable>().Accept(only, stop));
    }

    static async Task<int> Check(CommandContext context, IServiceProvider services, Symbol? only, bool fix, bool quiet, bool asJson, CancellationToken stop)
    {
        var found = await CheckAll(context, services, only, fix, silent: quiet || asJson, stop);
        if (asJson)
        {
            context.WriteJson(found.Select(View));
        }
        else
        {
            if (!quiet)
            {
                WriteTable(context, found);
            }
            WriteSummary(context, found, fix);
        }
        return found.Any(one => one.Repair?.Failures.Count > 0) ? CommandLine.Failed : CommandLine.Done;
    }

    static Task<IReadOnlyList<SymbolHealth>> CheckAll(CommandContext context, IServiceProvider services, Symbol? only, bool fix, bool silent, CancellationToken stop) =>
        CandleProgress.Show(context.Out, silent, async Task<IReadOnlyList<SymbolHealth>> (progress) =>
        {
            var (health, market) = (services.GetRequiredService<HealthCheck>(), services.GetRequiredService<MarketConnection>());
            var symbols = await health.Symbols(only, stop);
            var done = progress.Bar(fix ? "Checking and mending" : "Checking", symbols.Count);
            var found = new List<SymbolHealth>();
            foreach (var (source, symbol) in symbols)
            {
                found.Add(await health.Check(source, symbol, fix, fix ? await market.For(source, stop) : null, stop));
                done(found.Count);
            }
            return found;
        });

    static object View(SymbolHealth one) => new
    {
        symbol = one.Symbol.ToString(),
        source = one.Source.Name,
        one.Source.Provenance,
        one.Checked,
        bad = one.Found.Bad.Select(fault => new { timeframe = fault.Series.Timeframe.ToString(), fault.OpenTime, fault.Fault }),
        gaps = one.Found.MissingMinutes,
        one.Jumps,
        repair = one.Repair,
    };

    static void WriteTable(CommandContext context, IReadOnlyList<SymbolHealth> found)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Symbol", "Source");
        foreach (var column in (string[])["Checked", "Bad", "Gaps", "Minutes missing", "Jumps", "Fetched", "Accepted"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (var one in found)
        {
            table.AddRow(
                new Text(one.Symbol.ToString()), new Text(one.Source.Name), Number(one.Checked), Number(one.Found.Bad.Count), Number(one.Found.MissingMinutes.Count),
                Number((long)one.Found.MissingMinutes.Sum(gap => gap.Length.TotalMinutes)), Number(one.Jumps), Number(one.Repair?.Fetched), Number(one.Repair?.Accepted));
        }
        context.Out.Write(table);
    }

    static void WriteSummary(CommandContext context, IReadOnlyList<SymbolHealth> found, bool fix)
    {
        var (bad, gaps) = (found.Sum(one => one.Found.Bad.Count), found.Sum(one => one.Found.MissingMinutes.Count));
        context.Out.WriteLine($"{found.Count} symbols, {found.Sum(one => one.Checked):N0} candles checked: {bad:N0} bad, {gaps:N0} gaps, {found.Sum(one => one.Jumps):N0} jumps.");
        if (fix)
        {
            var repairs = found.Select(one => one.Repair).OfType<RepairResult>().ToList();
            context.Out.WriteLine($"Mended: {repairs.Sum(one => one.SetApart):N0} set apart, {repairs.Sum(one => one.Fetched):N0} fetched, {repairs.Sum(one => one.Accepted):N0} gaps accepted, {repairs.Sum(one => one.Rebuilt):N0} longer candles made anew.");
            foreach (var failure in repairs.SelectMany(one => one.Failures))
            {
                Console.Error.WriteLine(failure);
            }
        }
        else if (bad + gaps > 0)
        {
            context.Out.WriteLine("Mend them with: tidemark db-health --fix");
        }
    }

    static int ShowGaps(CommandContext context, bool asJson, IReadOnlyList<CandleGap> gaps)
    {
        if (asJson)
        {
            context.WriteJson(gaps.Select(gap => new { symbol = gap.Series.Symbol.ToString(), source = gap.Series.Source.Name, timeframe = gap.Series.Timeframe.ToString(), gap.Range.From, gap.Range.Until, gap.FoundAt }));
            return CommandLine.Done;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("Symbol", "Source", "Timeframe", "From (UTC)", "Until (UTC)").AddColumn(new TableColumn("Candles").RightAligned());
        foreach (var gap in gaps)
        {
            table.AddRow(
                new Text(gap.Series.Symbol.ToString()), new Text(gap.Series.Source.Name), new Text(gap.Series.Timeframe.ToString()),
                new Text(gap.Range.From.ToString("yyyy-MM-dd HH:mm")), new Text(gap.Range.Until.ToString("yyyy-MM-dd HH:mm")), Number(gap.Range.Candles(gap.Series.Timeframe)));
        }
        context.Out.Write(table);
        context.Out.WriteLine($"{gaps.Count:N0} accepted gaps.");
        return CommandLine.Done;
    }

    static int Told(CommandContext context, bool asJson, string what, int count)
    {
        if (asJson)
        {
            context.WriteJson(new { count });
        }
        else
        {
            context.Out.WriteLine($"{count:N0} {what}.");
        }
        return CommandLine.Done;
    }

    static Text Number(long? number) => new(number?.ToString("N0", CultureInfo.InvariantCulture) ?? "");
}
