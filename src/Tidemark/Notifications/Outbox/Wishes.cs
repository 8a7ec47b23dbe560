using Npgsql;
using Tidemark.Notifications.Channels;
using Tidemark.Quant.Patterns;

namespace Tidemark.Notifications.Outbox;

/// <summary>What of a kind of news somebody wants to hear over one channel; null symbols are all.</summary>
public sealed record Wish(long UserId, IReadOnlyList<string>? Symbols, DirectionFilter Direction, int LeastConfluence)
{
    public bool Takes(string symbol, Direction direction, int? confluence) =>
        Symbols?.Contains(symbol, StringComparer.OrdinalIgnoreCase) != false
        && (Direction == DirectionFilter.Both || Direction.ToString() == direction.ToString())
        && !(confluence < LeastConfluence);
}

/// <summary>Tells the modules above who asks for their news, so that nothing is written for those who do not.</summary>
public sealed class Wishes(NpgsqlDataSource source)
{
    /// <summary>The wishes of everybody who switched a channel on and left the kind on it; by name: only of those who chose the kind itself.</summary>
    public async Task<IReadOnlyList<Wish>> For(NotificationKind kind, bool byName, CancellationToken stop)
    {
        await using var select = OutboxSql.Command(
            source,
            """
            SELECT user_id, symbols, direction, least_confluence
            FROM notification_channels
            WHERE enabled AND ($1 = ANY (kinds) OR (kinds IS NULL AND NOT $2))
            """,
            kind.ToString().ToUpperInvariant(), byName);
        await using var rows = await select.ExecuteReaderAsync(stop);
        var wishes = new List<Wish>();
        while (await rows.ReadAsync(stop))
        {
            wishes.Add(new(rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetFieldValue<string[]>(1), Enum.Parse<DirectionFilter>(rows.GetString(2), true), rows.GetInt32(3)));
        }
        return wishes;
    }
}
