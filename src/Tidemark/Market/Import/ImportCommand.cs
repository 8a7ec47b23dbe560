using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Import;

/// <summary>`tidemark import`: recorded candles from files.</summary>
static class ImportCommand
{
    public static Command Build(CommandContext context)
    {
        var paths = new Argument<string[]>("files") { Description = "Files (.csv, .csv.gz, .zip) or folders of them; a relative one is also looked for in HISTORICAL_DATA_FOLDER, which is taken whole when none is named.", Arity = ArgumentArity.ZeroOrMore };
        var symbol = new Option<string?>("--symbol", "-s") { Description = "Symbol, as BTC/USDT (default: from names like BTCUSDT-1m-2024-01.zip)." };
        var timeframe = new Option<string?>("--timeframe", "-t") { Description = "Length of a candle, as 1m, 1h, 1d (default: from the name)." };
        var source = new Option<string>("--source") { Description = "Name to keep the candles under.", DefaultValueFactory = _ => "binance" };
        var columns = new Option<string?>("--columns") { Description = "Which column is which, by header or position from 0: time=date,open=1,volume=Volume BTC." };
        var unit = new Option<TimeUnit>("--time-unit") { Description = "What the time column counts (default: told by the size of its numbers)." };
        var dry = new Option<bool>("--dry-run") { Description = "Read and check everything, store nothing." };
        var raw = new Option<bool>("--no-aggregate") { Description = "Do not make longer timeframes of imported minutes." };
        var json = CommandOptions.Json();
        var command = new Command("import", "Take recorded candles from CSV files and Binance's public archives.") { paths, symbol, timeframe, source, columns, unit, dry, raw, json };
        command.SetAction((parsed, stop) =>
        {
            var plan = Checked(() => new ImportPlan(
                NameOf(parsed.GetRequiredValue(source)),
                parsed.GetValue(symbol) is { } name ? Symbol.Parse(name) : null,
                parsed.GetValue(timeframe) is { } length ? Timeframe.Parse(length) : null,
                parsed.GetValue(columns),
                parsed.GetValue(unit),
                parsed.GetValue(dry),
                Aggregates: !parsed.GetValue(raw)));
            return context.WithServices((services, ending) => Import(context, services, Checked(() => Files(services.GetRequiredService<TidemarkSettings>(), parsed.GetValue(paths) ?? [])), plan, parsed.GetValue(json), ending), stop);
        });
        return command;
    }

    static string NameOf(string source) => source.Trim().ToLowerInvariant() is { Length: > 0 and <= 40 } name ? name : throw new FormatException("The source's name must have 1 to 40 characters.");

    static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException fault)
        {
            throw new CommandException(fault.Message);
        }
    }

    static List<string> Files(TidemarkSettings settings, string[] paths)
    {
        var folder = Path.GetFullPath(settings["HISTORICAL_DATA_FOLDER"]!, settings.Home);
        var files = new List<string>();
        foreach (var path in paths.Length == 0 ? [folder] : paths)
        {
            var here = Path.Exists(path) ? Path.GetFullPath(path) : Path.GetFullPath(path, folder);
            if (Directory.Exists(here))
            {
                files.AddRange(Directory.EnumerateFiles(here, "*", SearchOption.AllDirectories).Where(RecordedFile.IsRecorded).Order(StringComparer.Ordinal));
            }
            else
            {
                files.Add(File.Exists(here) ? here : throw new FormatException($"There is no {path}, neither here nor in {folder}."));
            }
        }
        return files.Count > 0 ? files : throw new FormatException($"There are no candle files in {string.Join(", ", paths.DefaultIfEmpty(folder))}.");
    }

    static async Task<int> Import(CommandContext context, IServiceProvider services, List<string> files, ImportPlan plan, bool asJson, CancellationToken stop)
    {
        var began = context.Clock.GetTimestamp();
        var findings = await CandleProgress.Show(context.Out, asJson, progress =>
        {
            var bar = progress.Bar(plan.IsDryRun ? "Reading files" : "Importing files", files.Count);
            return services.GetRequiredService<CandleImport>().Import(files, plan, done => bar(done), stop);
        });
        if (asJson)
        {
            context.WriteJson(findings);
        }
        else
        {
            Write(context, findings, plan, context.Clock.GetElapsedTime(began));
        }
        return findings.Any(file => file.Refusal is not null) ? CommandLine.Failed : CommandLine.Done;
    }

    static void Write(CommandContext context, IReadOnlyList<FileFindings> findings, ImportPlan plan, TimeSpan took)
    {
        foreach (var file in findings)
        {
            context.Out.WriteLine(Describe(file, plan.IsDryRun));
            foreach (var line in file.Unread.Take(5))
            {
                context.Out.WriteLine($"    line {line.Line}: {line.Problem}");
            }
        }
        var candles = findings.Sum(file => (long)file.Candles);
        context.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{findings.Count} files, {candles:N0} candles in {took.TotalSeconds:0.0} s ({candles / Math.Max(took.TotalSeconds, 0.001):N0}/s). {(plan.IsDryRun ? "Nothing was stored: this was a dry run." : $"{findings.Sum(file => (long)file.Saved.Stored):N0} stored as recorded from {plan.SourceName}.")}"));
    }

    static string Describe(FileFindings file, bool isDryRun)
    {
        var name = Path.GetFileName(file.File);
        if (file.Refusal is { } refusal)
        {
            return $"{name}: refused. {refusal}";
        }
        var facts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{file.Symbol} {file.Timeframe}, {file.Candles:N0} candles from {file.From:yyyy-MM-dd HH:mm} until {file.Until:yyyy-MM-dd HH:mm}") };
        if (!isDryRun)
        {
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{file.Saved.Stored:N0} new, {file.Saved.AlreadyThere:N0} there already, {file.Saved.Quarantined:N0} in quarantine"));
        }
        facts.AddRange(file.Faults.Select(fault => string.Create(CultureInfo.InvariantCulture, $"{fault.Value:N0} {Words(fault.Key)}")));
        Count(file.UnreadCount, "lines unread");
        Count(file.OutOfOrder, "out of order");
        Count(file.Doubled, "doubled");
        if (file.ChecksumFits == true)
        {
            facts.Add("checksum fits");
        }
        return $"{name}: {string.Join("; ", facts)}";

        void Count(int count, string what)
        {
            if (count > 0)
            {
                facts.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}"));
            }
        }
    }

    static string Words(SeriesFault fault) => fault switch
    {
        SeriesFault.Gap => "missing",
        SeriesFault.Misaligned => "off their boundary",
        SeriesFault.HighBelowLow => "with the high below the low",
        SeriesFault.PriceOutsideRange => "with a price outside low to high",
        SeriesFault.PriceNotPositive => "with a price that is none",
        SeriesFault.VolumeNegative => "with a volume that is none",
        SeriesFault.Discontinuous => "jumps",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
