namespace Tidemark.Simulator.Markets;

/// <summary>What happened in the 24 hours up to a moment.</summary>
/// <param name="OpenTime">Its first millisecond.</param>
/// <param name="CloseTime">Its last millisecond.</param>
/// <param name="Window">All trades of the window as one bar.</param>
/// <param name="Before">Price of the last trade before the window.</param>
/// <param name="Last">The last trade.</param>
public sealed record DayStatistics(long OpenTime, long CloseTime, Bar Window, long Before, AggregateTrade Last)
{
    const long Day = 86_400_000;

    public long Change => Window.Close - Window.Open;

    public double ChangePercent => 100.0 * Change / Window.Open;

    public static DayStatistics Of(SymbolMarket market, long now)
    {
        var from = now - Day;
        var window = market.Between(from, now + 1);
        var last = market.LastTrade(now) ?? new AggregateTrade(0, now, 1, 0, 0, 1, BuyerIsMaker: false, 1);
        return new DayStatistics(
            from,
            now,
            window ?? Bar.Flat(from, last.Price),
            market.LastTrade(from - 1)?.Price ?? window?.Open ?? last.Price,
            last);
    }
}
