using Tidemark.Patterns;
using Tidemark.Running;

namespace Tidemark.Signals;

/// <summary>Three timeframes, as in the worked example.</summary>
public sealed class SignalServer(TestPostgres postgres) : EyeServer(postgres)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["ALLOW_UNAUTHENTICATED_API"] = "true",
        ["ROLES"] = "web",
        ["PATTERN_TIMEFRAMES"] = "15m,1h,4h",
        ["SIGNAL_PAIRS"] = "ETH/USDT",
    };
}
