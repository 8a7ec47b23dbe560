using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Statistics;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Stored;

/// <summary>A row of the table of patterns.</summary>
public sealed record StoredPattern
{
    public required long Id { get; init; }
    public required SeriesKey Series { get; init; }
    public required PatternKind Kind { get; init; }
    public required Direction Direction { get; init; }
    public required DateTimeOffset KnownAt { get; init; }
    public required DateTimeOffset AnchorAt { get; init; }
    public required DateTimeOffset FirstAt { get; init; }
    public required DateTimeOffset ConfirmedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public DateTimeOffset? TouchedAt { get; init; }
    public DateTimeOffset? FilledAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public required Zone Zone { get; init; }
    public Zone? Body { get; init; }
    public double? SweptLevel { get; init; }
    public int LevelsSwept { get; init; }
    public string? Origin { get; init; }
    public DateTimeOffset? OriginAt { get; init; }
    public required double Strength { get; init; }
    public double? AverageRange { get; init; }
    public required double ConfirmingClose { get; init; }
    public required double FillPercent { get; init; }
    public required PatternStatus Status { get; init; }
    public required string Rule { get; init; }
    public required string Parameters { get; init; }
    public double? Entry { get; init; }
    public double? Stop { get; init; }
    public IReadOnlyList<double> Targets { get; init; } = [];
    public bool EntersAtOnce { get; init; }

    public PatternName Name => new(Series.Timeframe, Kind, Direction, KnownAt.ToUnixTimeMilliseconds(), AnchorAt.ToUnixTimeMilliseconds());

    /// <summary>What an eye sees, as the table has it.</summary>
    public static StoredPattern Of(EyeKey key, PatternRow row, SeenPattern seen)
    {
        var pattern = seen.Pattern;
        return new StoredPattern
        {
            Id = row.Id,
            Series = new SeriesKey(key.Source, key.Symbol, seen.Timeframe),
            Kind = pattern.Kind,
            Direction = pattern.Direction,
            KnownAt = CandleTable.TimeOf(pattern.KnownAt),
            AnchorAt = CandleTable.TimeOf(pattern.Anchor.OpenTime),
            FirstAt = CandleTable.TimeOf(pattern.Evidence.First.OpenTime),
            ConfirmedAt = CandleTable.TimeOf(pattern.Confirmed.OpenTime),
            ExpiresAt = CandleTable.TimeOf(pattern.ExpiresAt),
            RecordedAt = row.RecordedAt,
            TouchedAt = EyeTable.CloseOf(seen, seen.Life.Touched),
            FilledAt = EyeTable.CloseOf(seen, seen.Life.Filled),
            EndedAt = EyeTable.CloseOf(seen, seen.Life.Ended),
            Zone = pattern.Zone,
            Body = pattern.Body,
            SweptLevel = pattern.SweptLevel,
            LevelsSwept = pattern.LevelsSwept,
            Origin = pattern.Origin.Word(),
            OriginAt = pattern.Origin == BlockOrigin.None ? null : CandleTable.TimeOf(pattern.OriginConfirmed.OpenTime),
            Strength = pattern.Strength,
            AverageRange = pattern.AverageRange,
            ConfirmingClose = pattern.ConfirmingClose,
            FillPercent = seen.Life.FillPercent,
            Status = seen.Life.Status,
            Rule = pattern.Rule.Name,
            Parameters = pattern.Rule.Parameters,
            Entry = seen.Plan?.Entry,
            Stop = seen.Plan?.Stop,
            Targets = seen.Plan?.Targets ?? [],
            EntersAtOnce = seen.Plan?.EntersAtOnce ?? false,
        };
    }

    public PatternView View(Reliability? record) => new(
        Id, Series.Symbol.ToString(), Series.Source.Name, Series.Source.Provenance, Series.Timeframe.ToString(), Kind, Kind.Code(), Direction,
        new ZoneView(Zone.Bottom, Zone.Top), Body is { } body ? new ZoneView(body.Bottom, body.Top) : null, SweptLevel, LevelsSwept, Origin, Rule, Parameters,
        AnchorAt, FirstAt, ConfirmedAt, KnownAt, RecordedAt, ExpiresAt, Strength, Status, TouchedAt, FilledAt, FillPercent, EndedAt, WhyEnded(), Plan(), record);

    public PlanView? Plan() => Entry is { } entry && Stop is { } stop ? new PlanView(entry, stop, Targets, Math.Round(Math.Abs(entry - stop) / entry * 100, 4), EntersAtOnce) : null;

    string? WhyEnded() => (Status, Direction) switch
    {
        (PatternStatus.Active, _) => null,
        (PatternStatus.Filled, _) => "Price traded through the whole zone.",
        (PatternStatus.Invalidated, Direction.Bullish) => "A candle closed below the zone.",
        (PatternStatus.Invalidated, _) => "A candle closed above the zone.",
        (PatternStatus.Completed, _) => "Price ran twice the height of the sweep away.",
        _ => "Its time ran out.",
    };

    /// <summary>The columns that Read expects, of the patterns p with their source o and symbol y.</summary>
    internal const string Columns =
        """
        p.id, o.name, o.provenance, y.name, p.timeframe, p.kind, p.direction, p.known_at, p.anchor_at, p.first_at, p.confirmed_at, p.expires_at, p.recorded_at,
        p.touched_at, p.filled_at, p.ended_at, p.bottom, p.top, p.body_bottom, p.body_top, p.swept_level, p.levels_swept, p.origin, p.origin_at,
        p.strength, p.average_range, p.confirming_close, p.fill_percent, p.status, p.rule, p.parameters, p.entry, p.stop, p.target1, p.target2, p.target3, p.enters_at_once
        """;

    internal const string Joined = "FROM patterns p JOIN market_sources o ON o.id = p.source JOIN market_symbols y ON y.id = p.symbol";

    /// <summary>Reads a row; where it is known whose it is, that is not read again.</summary>
    internal static StoredPattern Read(NpgsqlDataReader row, EyeKey? of = null) => new()
    {
        Id = row.GetInt64(0),
        Series = of is { } key
            ? new SeriesKey(key.Source, key.Symbol, Timeframe.OfMinutes(row.GetInt16(4)))
            : new SeriesKey(new MarketSource(row.GetString(1), SeriesCatalog.ProvenanceOf(row.GetString(2))), Symbol.Parse(row.GetString(3)), Timeframe.OfMinutes(row.GetInt16(4))),
        Kind = PatternWords.KindOf(row.GetString(5)),
        Direction = PatternWords.DirectionOf(row.GetString(6)),
        KnownAt = row.GetFieldValue<DateTimeOffset>(7),
        AnchorAt = row.GetFieldValue<DateTimeOffset>(8),
        FirstAt = row.GetFieldValue<DateTimeOffset>(9),
        ConfirmedAt = row.GetFieldValue<DateTimeOffset>(10),
        ExpiresAt = row.GetFieldValue<DateTimeOffset>(11),
        RecordedAt = row.GetFieldValue<DateTimeOffset>(12),
        TouchedAt = Time(row, 13),
        FilledAt = Time(row, 14),
        EndedAt = Time(row, 15),
        Zone = new Zone(row.GetDouble(16), row.GetDouble(17)),
        Body = row.IsDBNull(18) ? null : new Zone(row.GetDouble(18), row.GetDouble(19)),
        SweptLevel = Number(row, 20),
        LevelsSwept = row.GetInt16(21),
        Origin = row.IsDBNull(22) ? null : row.GetString(22),
        OriginAt = Time(row, 23),
        Strength = row.GetDouble(24),
        AverageRange = Number(row, 25),
        ConfirmingClose = row.GetDouble(26),
        FillPercent = row.GetDouble(27),
        Status = PatternWords.StatusOf(row.GetString(28)),
        Rule = row.GetString(29),
        Parameters = row.GetString(30),
        Entry = Number(row, 31),
        Stop = Number(row, 32),
        Targets = ReadTargets(row),
        EntersAtOnce = row.GetBoolean(36),
    };

    static double[] ReadTargets(NpgsqlDataReader row) =>
        row.IsDBNull(33) ? [] : row.IsDBNull(34) ? [row.GetDouble(33)] : row.IsDBNull(35) ? [row.GetDouble(33), row.GetDouble(34)] : [row.GetDouble(33), row.GetDouble(34), row.GetDouble(35)];

    static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    static double? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
