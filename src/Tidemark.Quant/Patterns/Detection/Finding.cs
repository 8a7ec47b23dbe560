namespace Tidemark.Quant.Patterns.Detection;

/// <summary>What a detector found at the close of the latest candle, before the engine gives it number, strength and expiry.</summary>
readonly record struct Finding
{
    public required PatternKind Kind { get; init; }
    public required Direction Direction { get; init; }
    public required PatternRule Rule { get; init; }
    public required CandleMark Anchor { get; init; }
    public required Evidence Evidence { get; init; }
    public required Zone Zone { get; init; }
    public Zone? Body { get; init; }
    public double? SweptLevel { get; init; }
    public int LevelsSwept { get; init; }
    public BlockOrigin Origin { get; init; }
    public CandleMark OriginConfirmed { get; init; }

    /// <summary>How determined the move was; 1 or more is full marks.</summary>
    public required double Determination { get; init; }

    /// <summary>Volume over its mean of 20.</summary>
    public required double RelativeVolume { get; init; }

    /// <summary>For a block that may fail: the liquidity its leg would take, as its direction sees it.</summary>
    public double LiquidityBeyond { get; init; }
}
