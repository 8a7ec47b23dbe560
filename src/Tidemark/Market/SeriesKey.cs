using Tidemark.Quant.Series;

namespace Tidemark.Market;

/// <summary>Whether prices were made by a market or by us.</summary>
public enum Provenance
{
    /// <summary>Received from an exchange as it happened, or fetched from it.</summary>
    Live,

    /// <summary>Imported from files of a real market.</summary>
    Recorded,

    /// <summary>Made by the simulator.</summary>
    Synthetic,
}

/// <summary>Where a series comes from: the exchange, file set or simulator, by name. Real and synthetic never share one.</summary>
public sealed record MarketSource(string Name, Provenance Provenance)
{
    /// <summary>For people: prices that are not live say so.</summary>
    public string Named => Provenance == Provenance.Live ? Name : $"{Name} ({Provenance.ToString().ToLowerInvariant()} prices)";
}

/// <summary>What makes a candle series one series and no other.</summary>
public readonly record struct SeriesKey(MarketSource Source, Symbol Symbol, Timeframe Timeframe);
