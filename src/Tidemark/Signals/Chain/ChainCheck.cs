using System.Data;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Tidemark.Signals.Issuing;

namespace Tidemark.Signals.Chain;

/// <summary>Something that is not as it was written: the row of the chain, or the signal, and what is wrong with it.</summary>
public sealed record ChainFault(long? Sequence, long? SignalId, string What);

/// <summary>An end of the chain that somebody kept outside the database.</summary>
public sealed record KeptHead(long Sequence, string Hash)
{
    /// <summary>Reads SEQUENCE:HASH; null where it is none.</summary>
    public static KeptHead? Parse(string text) =>
        text.Split(':') is [var sequence, { Length: 64 } hash] && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && hash.All(char.IsAsciiHexDigit)
            ? new KeptHead(number, hash.ToLowerInvariant())
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");
}

/// <summary>What a check of the whole chain found; the head is that of its last row.</summary>
public sealed record ChainReport(long Rows, long Signals, KeptHead Head, IReadOnlyList<ChainFault> Faults)
{
    public bool IsSound => Faults.Count == 0;
}

/// <summary>
/// Checks the whole chain: every row's hash, its link to the row before, the numbering, and that the signals themselves still say what
/// the chain says of them. Each fault is named with its row.
/// </summary>
public sealed class ChainCheck(NpgsqlDataSource source)
{
    const int MostFaults = 100;

    public Task<ChainReport> Run(CancellationToken stop) => Run(null, stop);

    /// <summary>Checks everything, and with a head kept from earlier also that the chain still leads through it.</summary>
    public async Task<ChainReport> Run(KeptHead? kept, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        // One view of both tables: what is issued while this runs is in neither.
        await using var view = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var faults = new List<ChainFault>();
        var told = new Dictionary<long, Told>();
        var (rows, head) = await CheckRows(connection, told, faults, stop);
        if (kept is not null)
        {
            faults.InsertRange(0, await CheckHead(connection, kept, stop));
        }
        await CheckSignals(connection, told, faults, stop);
        return new ChainReport(rows, told.Count, head, [.. faults.Take(MostFaults)]);
    }

    /// <summary>The rows by themselves; fills in what they tell of each signal.</summary>
    static async Task<(long Rows, KeptHead Head)> CheckRows(NpgsqlConnection connection, Dictionary<long, Told> told, List<ChainFault> faults, CancellationToken stop)
    {
        var (expected, previous, rows) = (1L, SignalContent.Genesis, 0L);
        await using var command = new NpgsqlCommand("SELECT sequence, signal_id, kind, recorded_at, previous, hash, content FROM signal_chain ORDER BY sequence", connection);
        await using var row = await command.ExecuteReaderAsync(stop);
        while (await row.ReadAsync(stop))
        {
            var link = new ChainRow(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetString(4), row.GetString(5), row.GetString(6));
            var isAfterGap = rows > 0 && expected < link.Sequence;
            for (; expected < link.Sequence && faults.Count < MostFaults; expected++)
            {
                faults.Add(new ChainFault(expected, null, $"Row {expected} is missing."));
            }
            faults.AddRange(FaultsOf(link, previous, isFollowing: !isAfterGap));
            faults.AddRange(Hear(link, told));
            (expected, previous, rows) = (link.Sequence + 1, link.Hash, rows + 1);
        }
        return (rows, new KeptHead(expected - 1, previous));
    }

    /// <summary>A chain that was written anew from some row on is sound in itself; only who kept an earlier head can tell.</summary>
    static async Task<IReadOnlyList<ChainFault>> CheckHead(NpgsqlConnection connection, KeptHead kept, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT hash FROM signal_chain WHERE sequence = $1", connection) { Parameters = { new() { Value = kept.Sequence } } };
        return await command.ExecuteScalarAsync(stop) switch
        {
            string hash when hash == kept.Hash => [],
            string => [new ChainFault(kept.Sequence, null, $"Row {kept.Sequence} does not have the hash that was kept of it: the chain was written anew.")],
            _ => [new ChainFault(kept.Sequence, null, $"Row {kept.Sequence}, whose hash was kept, is missing: the chain was cut off before it.")],
        };
    }

    /// <summary>What the chain tells of one signal: the row that issued it, and the last one after that.</summary>
    sealed class Told(ChainRow issued)
    {
        public ChainRow Issued => issued;
        public ChainRow? Last { get; set; }
        public bool IsSeen { get; set; }
    }

    /// <summary>Takes in what a row tells. A signal is issued once, then goes on, then ends once.</summary>
    static IEnumerable<ChainFault> Hear(ChainRow row, Dictionary<long, Told> told)
    {
        if (!told.TryGetValue(row.SignalId, out var signal))
        {
            told.Add(row.SignalId, new Told(row) { Last = row.Kind == "issued" ? null : row });
            if (row.Kind != "issued")
            {
                yield return new ChainFault(row.Sequence, row.SignalId, $"Row {row.Sequence} tells of signal {row.SignalId}, which no row before it issued.");
            }
        }
        else if (row.Kind == "issued")
        {
            yield return new ChainFault(row.Sequence, row.SignalId, $"Row {row.Sequence} issues signal {row.SignalId} again, after row {signal.Issued.Sequence}.");
        }
        else
        {
            if (signal.Last is { Kind: "ended" } end)
            {
                yield return new ChainFault(row.Sequence, row.SignalId, $"Row {row.Sequence} goes on with signal {row.SignalId}, which ended in row {end.Sequence}.");
            }
            signal.Last = row;
        }
    }

    sealed record ChainRow(long Sequence, long SignalId, string Kind, DateTimeOffset RecordedAt, string Previous, string Hash, string Content);

    static IEnumerable<ChainFault> FaultsOf(ChainRow row, string previous, bool isFollowing)
    {
        if (SignalContent.HashOf(row.Content) != row.Hash)
        {
            yield return new ChainFault(row.Sequence, row.SignalId, $"Row {row.Sequence} was changed: its content does not have its hash.");
        }
        if (isFollowing && row.Previous != previous)
        {
            yield return new ChainFault(row.Sequence, row.SignalId, $"Row {row.Sequence} does not follow on the row before it.");
        }
        if (Claims(row) is { } claim)
        {
            yield return new ChainFault(row.Sequence, row.SignalId, $"Row {row.Sequence} does not stand where it says: {claim}.");
        }
    }

    /// <summary>What the content says of itself against the columns beside it; null where they agree.</summary>
    static string? Claims(ChainRow row)
    {
        try
        {
            var content = JsonElement.Parse(row.Content);
            var (sequence, kind) = (content.GetProperty("sequence").GetInt64(), content.GetProperty("kind").GetString());
            return sequence != row.Sequence ? $"its content is that of row {sequence}"
                : kind != row.Kind ? $"its content is of kind {kind}"
                : content.GetProperty("previous").GetString() != row.Previous ? "its content names another row before it"
                : content.GetProperty("recordedAt").GetString() != SignalContent.Time(row.RecordedAt) ? "its content names another time"
                : content.GetProperty("signal").GetProperty("id").GetInt64() != row.SignalId ? "its content is of another signal"
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return "its content cannot be read";
        }
    }

    /// <summary>The table of signals against the chain, both ways: a signal changed behind the chain's back, one that the chain lost, and one that the table lost.</summary>
    static async Task CheckSignals(NpgsqlConnection connection, Dictionary<long, Told> told, List<ChainFault> faults, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT {StoredSignal.Columns} {StoredSignal.Joined} WHERE NOT s.retrospective OR EXISTS (SELECT FROM signal_chain c WHERE c.signal_id = s.id) ORDER BY s.id", connection);
        await using (var row = await command.ExecuteReaderAsync(stop))
        {
            while (await row.ReadAsync(stop))
            {
                var signal = StoredSignal.Read(row);
                faults.AddRange(told.TryGetValue(signal.Id, out var said) ? Compare(signal, said) : [new ChainFault(null, signal.Id, $"Signal {signal.Id} is not in the chain.")]);
                said?.IsSeen = true;
            }
        }
        foreach (var (id, said) in told.Where(static one => !one.Value.IsSeen))
        {
            faults.Add(new ChainFault(said.Issued.Sequence, id, $"Signal {id} of row {said.Issued.Sequence} is no longer among the signals."));
        }
    }

    static IEnumerable<ChainFault> Compare(StoredSignal signal, Told told)
    {
        var (issued, last) = (told.Issued, told.Last);
        if (signal.IsRetrospective)
        {
            yield return new ChainFault(issued.Sequence, signal.Id, $"Signal {signal.Id} was issued in row {issued.Sequence} and is now called retrospective.");
        }
        if (!Ends(issued, SignalContent.TermsOf(signal)))
        {
            yield return new ChainFault(issued.Sequence, signal.Id, $"Signal {signal.Id} no longer says what it said when it was issued in row {issued.Sequence}.");
        }
        if (signal.Life.IsOver && last?.Kind != "ended")
        {
            yield return new ChainFault(null, signal.Id, $"The end of signal {signal.Id} is not in the chain.");
        }
        else if (last is null ? signal.Life != SignalLife.AtIssue(signal.Terms) : !Ends(last, SignalContent.LifeOf(signal)))
        {
            var row = last ?? issued;
            yield return new ChainFault(row.Sequence, signal.Id, $"Signal {signal.Id} went otherwise than row {row.Sequence} says.");
        }
    }

    static bool Ends(ChainRow row, string signal) => row.Content.EndsWith($"\"signal\":{signal}}}", StringComparison.Ordinal);
}
