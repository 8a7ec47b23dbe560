namespace Tidemark.Running;

/// <summary>A server with an exchange connected, so that nothing has a reason to be unavailable.</summary>
public class WithAMarket(TestPostgres postgres) : RunningServer(postgres)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["MARKET_SOURCE"] = "simulated",
        ["TRADING_PAIRS"] = "BTC/USDT",
        ["FETCH_START_DATE"] = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd"),
    };
}
