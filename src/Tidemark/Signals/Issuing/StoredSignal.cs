using System.Text.Json;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Api;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Series;

namespace Tidemark.Signals.Issuing;

/// <summary>A row of the table of signals.</summary>
public sealed record StoredSignal
{
    public required long Id { get; init; }
    public required EyeKey Of { get; init; }
    public required SignalTerms Terms { get; init; }
    public required SignalLife Life { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Found when it was too late to act on it.</summary>
    public required bool IsRetrospective { get; init; }

    /// <summary>Hash of the row of the chain that says it was issued; null where it is retrospective.</summary>
    public string? Hash { get; init; }

    internal const string Columns =
        """
        s.id, o.name, o.provenance, y.name, s.known_at, s.issued_at, s.valid_until, s.triggered_at, s.changed_at, s.ended_at, s.entry, s.stop, s.targets, s.outcome,
        s.timeframe, s.score, s.targets_hit, s.retrospective, s.ambiguous, s.enters_at_once, s.origin, s.strategy, s.direction, s.class, s.status, s.rule, s.basis
        """;

    internal const string Joined = "FROM signals s JOIN market_sources o ON o.id = s.source JOIN market_symbols y ON y.id = s.symbol";

    internal static StoredSignal Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Of = new EyeKey(new MarketSource(row.GetString(1), SeriesCatalog.ProvenanceOf(row.GetString(2))), Symbol.Parse(row.GetString(3))),
        IssuedAt = row.GetFieldValue<DateTimeOffset>(5),
        ChangedAt = row.GetFieldValue<DateTimeOffset>(8),
        IsRetrospective = row.GetBoolean(17),
        Terms = new SignalTerms
        {
            Origin = Enum.Parse<SignalOrigin>(row.GetString(20), ignoreCase: true),
            Strategy = row.GetString(21),
            Direction = PatternWords.DirectionOf(row.GetString(22)),
            Timeframe = Timeframe.OfMinutes(row.GetInt16(14)),
            Class = row.IsDBNull(23) ? null : Enum.Parse<ConfluenceGrade>(row.GetString(23), ignoreCase: true),
            Score = row.GetInt16(15),
            Entry = row.GetDouble(10),
            Stop = row.GetDouble(11),
            Targets = row.GetFieldValue<double[]>(12),
            EntersAtOnce = row.GetBoolean(19),
            KnownAt = row.GetFieldValue<DateTimeOffset>(4).ToUnixTimeMilliseconds(),
            ValidUntil = row.GetFieldValue<DateTimeOffset>(6).ToUnixTimeMilliseconds(),
            Rule = row.GetString(25),
            Basis = JsonSerializer.Deserialize<List<SignalBasis>>(row.GetString(26), ApiJson.Options)!,
        },
        Life = new SignalLife(
            Enum.Parse<SignalStatus>(row.GetString(24), ignoreCase: true), Time(row, 7), row.GetInt16(16), Time(row, 9), row.IsDBNull(13) ? null : row.GetDouble(13), row.GetBoolean(18)),
    };

    static long? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column).ToUnixTimeMilliseconds();

    internal static string Word(ConfluenceGrade grade) => grade == ConfluenceGrade.VeryStrong ? "veryStrong" : grade.ToString().ToLowerInvariant();
}
