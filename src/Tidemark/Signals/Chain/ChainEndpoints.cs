using System.ComponentModel;
using System.Text.Json;
using Npgsql;
using Tidemark.Platform.Api;

namespace Tidemark.Signals.Chain;

/// <summary>What the public chain says of a hash.</summary>
public sealed record ChainEntry(
    long Sequence,
    string Hash,
    [property: Description("Hash of the row before; zeros before the first.")] string Previous,
    [property: Description("issued, amended or ended; null while the signal runs.")] string? Kind,
    [property: Description("When the row was written, by the server's clock, UTC. What it says was said then and not later.")] DateTimeOffset RecordedAt,
    [property: Description("Whether the signal is over: only then is its content shown.")] bool IsRevealed,
    [property: Description("Whether the content has this hash, computed now; null while it is not shown.")] bool? IsSound,
    [property: Description("The exact text whose SHA-256 is the hash; null while the signal runs.")] string? Content,
    [property: Description("The same, read; null while the signal runs.")] JsonElement? Read,
    [property: Description("All rows of the same signal, oldest first, by hash; none while it runs, for how often it went on would tell how it goes.")] IReadOnlyList<string> Rows);

/// <summary>The end of the chain: whoever keeps it can prove later that nothing before it was changed.</summary>
public sealed record ChainHead(long Sequence, string Hash, DateTimeOffset? RecordedAt);

/// <summary>Anyone may check what was said when.</summary>
public sealed class ChainReader(NpgsqlDataSource source)
{
    public async Task<ChainHead> Head(CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT sequence, hash, recorded_at FROM signal_chain ORDER BY sequence DESC LIMIT 1");
        await using var row = await command.ExecuteReaderAsync(stop);
        return await row.ReadAsync(stop) ? new ChainHead(row.GetInt64(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2)) : new ChainHead(0, SignalContent.Genesis, null);
    }

    public async Task<ChainEntry?> Find(string hash, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT c.sequence, c.hash, c.previous, c.kind, c.recorded_at, s.ended_at IS NOT NULL, c.content,
                   ARRAY(SELECT o.hash FROM signal_chain o WHERE o.signal_id = c.signal_id ORDER BY o.sequence)
            FROM signal_chain c
            JOIN signals s ON s.id = c.signal_id
            WHERE c.hash = $1
            """);
        command.Parameters.Add(new() { Value = hash });
        await using var row = await command.ExecuteReaderAsync(stop);
        if (!await row.ReadAsync(stop))
        {
            return null;
        }
        var (found, content) = (row.GetString(1), row.GetString(6));
        var hidden = new ChainEntry(row.GetInt64(0), found, row.GetString(2), null, row.GetFieldValue<DateTimeOffset>(4), false, null, null, null, []);
        return !row.GetBoolean(5)
            ? hidden
            : hidden with { Kind = row.GetString(3), IsRevealed = true, IsSound = SignalContent.HashOf(content) == found, Content = content, Read = JsonElement.Parse(content), Rows = row.GetFieldValue<string[]>(7) };
    }
}

public static class ChainEndpoints
{
    public static void Map(RouteGroupBuilder verify)
    {
        verify.MapGet("", static (ChainReader chain, CancellationToken stop) => chain.Head(stop)).Allow(Caller.Anyone).WithSummary("The end of the public chain of signals");
        verify.MapGet("/{hash}", Find).Allow(Caller.Anyone).WithSummary("What the chain says of a hash; the content once the signal is over");
    }

    static async Task<ChainEntry> Find([Description("SHA-256 of a row, 64 hexadecimal digits.")] string hash, ChainReader chain, CancellationToken stop) =>
        await chain.Find(hash.ToLowerInvariant(), stop) ?? throw new TidemarkException(ErrorCode.NotFound, "The chain holds no such hash.");
}
