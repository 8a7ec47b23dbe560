using System.Runtime.InteropServices;

namespace Tidemark.Simulator.Markets;

/// <summary>What one taker order filled at one price: one or more trades with consecutive ids.</summary>
/// <param name="Id">Consecutive within the symbol.</param>
/// <param name="Time">UTC milliseconds since 1970.</param>
/// <param name="Price">In ticks.</param>
/// <param name="Quantity">In steps.</param>
/// <param name="FirstTrade">Id of the first trade.</param>
/// <param name="Trades">Number of trades.</param>
/// <param name="BuyerIsMaker">Whether the taker sold.</param>
/// <param name="Spread">Distance from best bid to best ask right after it, in ticks.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AggregateTrade(long Id, long Time, long Price, long Quantity, long FirstTrade, int Trades, bool BuyerIsMaker, int Spread)
{
    public long LastTrade => FirstTrade + Trades - 1;

    public long BestBid => BuyerIsMaker ? Price : Price - Spread;

    public long BestAsk => BuyerIsMaker ? Price + Spread : Price;

    /// <summary>The single trades: the quantity in almost equal parts, the rest with the first.</summary>
    public IEnumerable<Trade> Split()
    {
        var part = Quantity / Trades;
        for (var i = 0; i < Trades; i++)
        {
            yield return new Trade(FirstTrade + i, Time, Price, i == 0 ? Quantity - (part * (Trades - 1)) : part, BuyerIsMaker);
        }
    }
}

/// <summary>One fill between one maker and one taker; price in ticks, quantity in steps.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Trade(long Id, long Time, long Price, long Quantity, bool BuyerIsMaker);
