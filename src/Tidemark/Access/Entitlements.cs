namespace Tidemark.Access;

/// <summary>Everything plans differ in, as one table. Modules ask by these; nothing else in the program compares plans.</summary>
public static class Entitlements
{
    public static Entitlement Symbols { get; } = new("symbols", "Symbols", Measure.Held, "symbols", Grant.JustThese("BTC/USDT"), Grant.UpTo(5), Grant.Unlimited);
    public static Entitlement PatternKinds { get; } = new("patterns.kinds", "Pattern types", Measure.Kinds, "pattern types", Grant.JustThese("FVG"), Grant.JustThese("FVG", "OB", "SWEEP"), Grant.JustThese("FVG", "OB", "SWEEP"));
    public static Entitlement Patterns { get; } = new("patterns.history", "Patterns", Measure.Newest, "newest patterns", Grant.None, Grant.UpTo(100), Grant.Unlimited);
    public static Entitlement Signals { get; } = new("signals.read", "Signals", Measure.Newest, "newest signals", Grant.None, Grant.UpTo(50), Grant.Unlimited);
    public static Entitlement Portfolios { get; } = new("portfolios", "Portfolios", Measure.Held, "portfolios", Grant.None, Grant.UpTo(1), Grant.Unlimited);
    public static Entitlement Transactions { get; } = new("portfolios.transactions", "Portfolio transactions", Measure.Daily, "transactions", Grant.None, Grant.UpTo(5), Grant.Unlimited);
    public static Entitlement Backtest { get; } = new("backtest.run", "Backtests", Measure.Daily, "backtests", Grant.None, Grant.None, Grant.Unlimited) { Provider = Grant.UpTo(20) };
    public static Entitlement Analytics { get; } = new("analytics", "Analytics", Measure.Open, "access", Grant.None, Grant.Unlimited, Grant.Unlimited);
    public static Entitlement Notifications { get; } = new("notifications", "Notifications", Measure.Daily, "notifications", Grant.UpTo(1), Grant.UpTo(20), Grant.Unlimited);
    public static Entitlement NotificationDelay { get; } = new("notifications.delay", "Notification delay", Measure.Delay, "minutes", Grant.UpTo(10), Grant.UpTo(0), Grant.UpTo(0));
    public static Entitlement Alerts { get; } = new("alerts", "Alerts", Measure.Held, "alerts", Grant.UpTo(3), Grant.UpTo(50), Grant.UpTo(1_000));
    public static Entitlement AlertConditions { get; } = new(
        "alerts.conditions", "Alert conditions", Measure.Kinds, "conditions",
        Grant.JustThese("PRICE_ABOVE", "PRICE_BELOW", "PRICE_CROSSES_ABOVE", "PRICE_CROSSES_BELOW", "PRICE_CROSSES", "PERCENT_UP", "PERCENT_DOWN", "PERCENT_MOVE"), Grant.Unlimited, Grant.Unlimited);
    public static Entitlement ApiAccess { get; } = new("api.access", "API access", Measure.Open, "access", Grant.None, Grant.None, Grant.Unlimited);
    public static Entitlement ApiKeys { get; } = new("api.keys", "API keys", Measure.Held, "keys", Grant.None, Grant.None, Grant.UpTo(20));

    public static IReadOnlyList<Entitlement> All { get; } =
        [Symbols, PatternKinds, Patterns, Signals, Portfolios, Transactions, Backtest, Analytics, Notifications, NotificationDelay, Alerts, AlertConditions, ApiAccess, ApiKeys];

    public static Entitlement? Find(string name) => All.FirstOrDefault(entitlement => entitlement.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
