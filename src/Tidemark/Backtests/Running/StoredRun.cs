namespace Tidemark.Backtests.Running;

/// <summary>A run as it stands in the table.</summary>
public sealed record StoredRun
{
    public required long Id { get; init; }
    public required long UserId { get; init; }
    public required string Code { get; init; }
    public required RunKind Kind { get; init; }
    public required RunStatus Status { get; init; }
    public required RunOrder Order { get; init; }
    public string? Title { get; init; }
    public string? Note { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public int Attempts { get; init; }
    public double Progress { get; init; }
    public double? SecondsLeft { get; init; }
    public string? FaultCode { get; init; }
    public string? Fault { get; init; }
    public string? Fingerprint { get; init; }
    public string? SameAs { get; init; }
    public Results.RunSummaryFigures? Summary { get; init; }
}
