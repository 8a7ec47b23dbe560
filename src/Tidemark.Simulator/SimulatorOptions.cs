using Tidemark.Quant.Series;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator;

/// <summary>What a simulated exchange is made of.</summary>
public sealed record SimulatorOptions
{
    public const ulong UsualSeed = 20_260_101;

    /// <summary>Where it listens; port 0 takes a free one.</summary>
    public string Address { get; init; } = "http://127.0.0.1:0";

    public ulong Seed { get; init; } = UsualSeed;

    /// <summary>Market seconds in a real second; zero stands still.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Market time at the start: now where null; for recordings the middle of the first one.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The made-up symbols; none where recordings are replayed.</summary>
    public IReadOnlyList<Instrument> Instruments { get; init; } = Listing.All;

    /// <summary>Recorded one-minute candles by symbol; they take the place of the made-up market.</summary>
    public IReadOnlyDictionary<string, CandleSeries> Recordings { get; init; } = new Dictionary<string, CandleSeries>(StringComparer.Ordinal);

    public ServerLimits Limits { get; init; } = new();

    /// <summary>Whether faults can be injected and sightings read over HTTP, under /simulator.</summary>
    public bool HasControlEndpoints { get; init; }
}
