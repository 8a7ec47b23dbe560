using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Platform.Jobs;

/// <summary>A run as it is kept: one row a slot.</summary>
public sealed class JobRunRecord
{
    public long Id { get; private set; }
    public required string Job { get; init; }
    public required DateTimeOffset Slot { get; init; }
    public required string Node { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? Outcome { get; private set; }
    public string? Counts { get; private set; }
    public string? Error { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<JobRunRecord>
    {
        public void Configure(EntityTypeBuilder<JobRunRecord> run)
        {
            run.ToTable("job_runs");
            run.Property(r => r.Counts).HasColumnType("jsonb");
            run.HasIndex(r => new { r.Job, r.Slot }).IsUnique();
        }
    }
}
