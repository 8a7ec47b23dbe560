using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Ingest;
using Tidemark.Market.Quality;

namespace Tidemark.Alerts.Engine;

/// <summary>What judges work with.</summary>
public sealed record EngineTools(CandleStore Store, SeriesCatalog Catalog, AlertProgress Progress, QualityTable Quality, LoadProgress LoadProgress, MarketConnection Connection, EngineRules Rules, TimeProvider Clock)
{
    /// <summary>How far the exchange's clock is ahead of ours.</summary>
    public TimeSpan ExchangeAhead => Connection.Exchange?.Health.ClockOffset ?? TimeSpan.Zero;
}
