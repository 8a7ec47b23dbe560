using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Web.Landing;

/// <summary>The plans as they will be sold. Prices are this server's settings; a year costs ten months.</summary>
public static class PlanOffers
{
    const int MonthsPaidAYear = 10;

    public sealed record Plan(string Name, decimal MonthlyPrice, string For)
    {
        public bool IsFree => MonthlyPrice == 0;
        public string Monthly => Dollars(MonthlyPrice);
        public string Yearly => Dollars(MonthlyPrice * MonthsPaidAYear);
    }

    /// <summary>What one line of the comparison gives each plan; null is nothing.</summary>
    public sealed record Feature(string Name, string? Free, string? Pro, string? Premium);

    public static IReadOnlyList<Plan> Plans(TidemarkSettings settings) =>
    [
        new("Free", 0, "To look around"),
        new("Pro", settings.Price("PLAN_PRO_PRICE"), "To follow a few markets"),
        new("Premium", settings.Price("PLAN_PREMIUM_PRICE"), "To test and automate"),
    ];

    public static IReadOnlyList<Feature> Features { get; } =
    [
        new("Symbols", "BTC/USDT", "5", "Unlimited"),
        new("Pattern kinds", "Fair value gaps", "All three", "All three"),
        new("Patterns page", null, "Last 100", "Full history"),
        new("Signals page", null, "Last 50", "Full history"),
        new("Portfolios", null, "1, with 5 entries a day", "Unlimited"),
        new("Backtests", null, null, "Included"),
        new("Analytics", null, "Included", "Included"),
        new("Notifications", "1 a day, 10 minutes late", "20 a day", "Unlimited"),
        new("API access", null, null, "Included"),
    ];

    static string Dollars(decimal amount) => amount == decimal.Truncate(amount) ? $"${amount:0}" : $"${amount:0.00}";
}
