using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Operations;

/// <summary>Something that went wrong in a browser, as its page told us.</summary>
public sealed class ProblemReport
{
    public long Id { get; private set; }
    public required string Message { get; init; }
    public required string Page { get; init; }
    public string? Stack { get; init; }

    /// <summary>The request the problem came from, when there was one.</summary>
    public string? RequestId { get; init; }
    public required string Caller { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ProblemReport>
    {
        public void Configure(EntityTypeBuilder<ProblemReport> report)
        {
            report.ToTable("problem_reports");
            report.HasIndex(r => r.ReportedAt);
        }
    }
}
