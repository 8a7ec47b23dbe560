using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Market.Candles;

/// <summary>A run that brought candles in: which job, from where, and what came of it.</summary>
public sealed class FetchRun
{
    public long Id { get; private set; }
    public required string Job { get; init; }
    public required string Source { get; init; }
    public required string Provenance { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public int Symbols { get; set; }
    public long Stored { get; set; }
    public long AlreadyThere { get; set; }
    public long Quarantined { get; set; }

    /// <summary>Batches that were given up after their last retry; the ranges stay gaps until a gap run fills them.</summary>
    public int FailedBatches { get; set; }
    public string? Error { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<FetchRun>
    {
        public void Configure(EntityTypeBuilder<FetchRun> run)
        {
            run.ToTable("fetch_runs");
            run.HasIndex(r => r.StartedAt);
        }
    }
}
