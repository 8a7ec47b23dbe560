using Npgsql;

namespace Tidemark.Access;

/// <summary>What every user holds of an entitlement, for those who decide by it on every message.</summary>
public sealed class HeldItems(NpgsqlDataSource source)
{
    public Task<ILookup<long, string>> All(Entitlement entitlement, CancellationToken stop) =>
        Read("SELECT user_id, item FROM entitlement_places WHERE entitlement = $1 ORDER BY user_id, place", stop, entitlement.Name);

    /// <summary>What some users hold, in the order of their places.</summary>
    public Task<ILookup<long, string>> Of(IReadOnlyCollection<long> users, Entitlement entitlement, CancellationToken stop) =>
        Read("SELECT user_id, item FROM entitlement_places WHERE entitlement = $1 AND user_id = ANY ($2) ORDER BY user_id, place", stop, entitlement.Name, users.ToArray());

    async Task<ILookup<long, string>> Read(string sql, CancellationToken stop, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var rows = await command.ExecuteReaderAsync(stop);
        var held = new List<(long User, string Item)>();
        while (await rows.ReadAsync(stop))
        {
            held.Add((rows.GetInt64(0), rows.GetString(1)));
        }
        return held.ToLookup(static one => one.User, static one => one.Item);
    }
}
