using System.Runtime.InteropServices;
using Tidemark.Quant.Series;

namespace Tidemark.Simulator.Markets;

/// <summary>
/// A candle as the exchange keeps it: prices in ticks, volumes in steps, turnover in ticks times steps, all exact.
/// A bar without trades has no trade ids (-1) and no volume.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Bar(
    long OpenTime,
    long Open,
    long High,
    long Low,
    long Close,
    long Volume,
    Int128 Turnover,
    long TakerVolume,
    Int128 TakerTurnover,
    long FirstTrade,
    long LastTrade)
{
    public long Trades => FirstTrade < 0 ? 0 : LastTrade - FirstTrade + 1;

    public static Bar Flat(long openTime, long price) => new(openTime, price, price, price, price, 0, 0, 0, 0, -1, -1);

    public static Bar Of(in AggregateTrade trade, long openTime)
    {
        var turnover = Math.BigMul(trade.Price, trade.Quantity);
        var taken = trade.BuyerIsMaker ? 0 : trade.Quantity;
        return new Bar(openTime, trade.Price, trade.Price, trade.Price, trade.Price, trade.Quantity, turnover, taken, trade.BuyerIsMaker ? 0 : turnover, trade.FirstTrade, trade.LastTrade);
    }

    /// <summary>This bar and a later one as one bar.</summary>
    public Bar Join(in Bar later) => new(
        OpenTime,
        Open,
        Math.Max(High, later.High),
        Math.Min(Low, later.Low),
        later.Close,
        Volume + later.Volume,
        Turnover + later.Turnover,
        TakerVolume + later.TakerVolume,
        TakerTurnover + later.TakerTurnover,
        FirstTrade < 0 ? later.FirstTrade : FirstTrade,
        later.LastTrade < 0 ? LastTrade : later.LastTrade);

    /// <summary>The same in the units of the analysis core: prices in the quote asset, volume in the base asset.</summary>
    public Candle ToCandle(Instrument instrument, int minutes = 1)
    {
        var price = Math.Pow(10, instrument.PriceDecimals);
        var quantity = Math.Pow(10, instrument.QuantityDecimals);
        return new Candle(OpenTime, Open / price, High / price, Low / price, Close / price, Volume / quantity, minutes);
    }
}
