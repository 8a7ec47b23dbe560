using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Platform.Audit;

/// <summary>One link of the chain. Its hash covers everything it says and the hash of the link before.</summary>
public sealed record AuditRow(
    long Seq,
    DateTimeOffset At,
    long? Actor,
    string Credential,
    string Action,
    long? Subject,
    string Address,
    string Details,
    byte[] Previous,
    byte[] Hash)
{
    public static readonly byte[] Root = new byte[32];

    /// <summary>Every field with its length before it, so that no two rows can be written the same way.</summary>
    public byte[] ComputeHash()
    {
        var text = new StringBuilder();
        foreach (var field in (string[])[$"{Seq}", $"{At.UtcTicks / TimeSpan.TicksPerMicrosecond}", $"{Actor}", Credential, Action, $"{Subject}", Address, Details])
        {
            text.Append(field.Length).Append(':').Append(field).Append(',');
        }
        return SHA256.HashData([.. Previous, .. Encoding.UTF8.GetBytes(text.ToString())]);
    }

    /// <summary>The row with its place in the chain.</summary>
    public AuditRow Chained(long seq, byte[] previous)
    {
        var row = this with { Seq = seq, Previous = previous };
        return row with { Hash = row.ComputeHash() };
    }
}

/// <summary>What is wrong with a chain, and where.</summary>
public sealed record AuditFault(long Seq, string Fault);

/// <summary>Walks a chain link by link; finds the first place where it was changed.</summary>
public sealed class AuditChain
{
    byte[] _hash = AuditRow.Root;

    public long Length { get; private set; }
    public string HeadHash => Convert.ToHexStringLower(_hash);

    /// <summary>Takes the next link; answers what is wrong with it.</summary>
    public AuditFault? Add(AuditRow row)
    {
        if (row.Seq != Length + 1)
        {
            return new AuditFault(Length + 1, $"Row {Length + 1} is missing; row {row.Seq} follows.");
        }
        if (!row.Previous.AsSpan().SequenceEqual(_hash))
        {
            return new AuditFault(row.Seq, $"Row {row.Seq} does not continue the row before it.");
        }
        if (!row.ComputeHash().AsSpan().SequenceEqual(row.Hash))
        {
            return new AuditFault(row.Seq, $"Row {row.Seq} says something else than when it was written.");
        }
        (_hash, Length) = (row.Hash, row.Seq);
        return null;
    }

    /// <summary>Compares the end with where the chain is known to end.</summary>
    public AuditFault? EndsAt(long seq, byte[] hash) =>
        seq != Length ? new AuditFault(Length + 1, $"The chain ends at row {Length}, and {seq} rows were written.")
        : hash.AsSpan().SequenceEqual(_hash) ? null
        : new AuditFault(Length, $"Row {Length} is not the row that was written last.");
}
