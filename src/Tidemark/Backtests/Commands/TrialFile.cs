using System.Text.Json;
using Tidemark.Backtests.Trials;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Backtesting.Proof;

namespace Tidemark.Backtests.Commands;

/// <summary>A count of trials in a file, for runs that belong to no account.</summary>
sealed class TrialFile(string path) : TrialKeeper
{
    static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public override string Place => path;

    /// <summary>The file that is used where none is named: one for each person at this machine and kind of market.</summary>
    public static string Usual(TrialMarket market)
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length > 0
            ? Path.Combine(folder, "tidemark", market == TrialMarket.Simulated ? "trials-simulated.json" : "trials.json")
            : throw new CommandException("There is no home folder to count trials in; name a file with --trials.");
    }

    public override async Task<(TrialTally Tried, bool IsCounted)> Read(string fingerprint, CancellationToken stop)
    {
        if (!File.Exists(path))
        {
            return (TrialTally.None, false);
        }
        await using var file = File.OpenRead(path);
        var kept = await Read(file, stop);
        return (kept.Tally, kept.Counted.Contains(fingerprint));
    }

    public override async Task Count(string fingerprint, Tried tried, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

        // Nobody else may read or write between the old count and the new one.
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var kept = file.Length == 0 ? Kept.None : await Read(file, stop);
        if (!kept.Counted.Add(fingerprint))
        {
            return;
        }
        var text = JsonSerializer.SerializeToUtf8Bytes(kept.With(tried.Tally), Json);
        file.Position = 0;
        await file.WriteAsync(text, stop);
        file.SetLength(text.Length);
    }

    async Task<Kept> Read(Stream file, CancellationToken stop)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<Kept>(file, Json, stop) is { Counted: not null, Trials: >= 0, Measured: >= 0 } kept && kept.Measured <= kept.Trials
                ? kept
                : throw new JsonException("it holds no count");
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"{path} is no count of trials: {wrong.Message}", wrong);
        }
    }

    sealed record Kept(long Trials, long Measured, double MeanRatio, double SquaredDeviations, SortedSet<string> Counted)
    {
        public static Kept None => new(0, 0, 0, 0, []);

        [System.Text.Json.Serialization.JsonIgnore]
        public TrialTally Tally => new(Trials, Measured, MeanRatio, SquaredDeviations);

        public Kept With(TrialTally more)
        {
            var all = Tally.Plus(more);
            return this with { Trials = all.Trials, Measured = all.Measured, MeanRatio = all.MeanRatio, SquaredDeviations = all.SquaredDeviations };
        }
    }
}
