using Tidemark.Simulator.Markets;
using Tidemark.Simulator.Rest;

namespace Tidemark.Simulator.Streams;

/// <summary>Every taker order as it trades.</summary>
sealed class AggregateTradeFeed(SymbolMarket market, Wording wording) : IFeed
{
    public IEnumerable<byte[]> Between(long from, long to) => market.Trades(from + 1, to).Select(trade => Wording.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("e", "aggTrade");
        json.WriteNumber("E", wording.Time(trade.Time));
        json.WriteString("s", market.Instrument.Symbol);
        json.WriteNumber("a", trade.Id);
        json.WritePrice("p", market.Instrument, trade.Price);
        json.WriteQuantity("q", market.Instrument, trade.Quantity);
        json.WriteNumber("f", trade.FirstTrade);
        json.WriteNumber("l", trade.LastTrade);
        json.WriteNumber("T", wording.Time(trade.Time));
        json.WriteBoolean("m", trade.BuyerIsMaker);
        json.WriteBoolean("M", true);
        json.WriteEndObject();
    }));
}

/// <summary>Every single trade.</summary>
sealed class SingleTradeFeed(SymbolMarket market, Wording wording) : IFeed
{
    public IEnumerable<byte[]> Between(long from, long to) => market.Trades(from + 1, to).SelectMany(trade => trade.Split()).Select(trade => Wording.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("e", "trade");
        json.WriteNumber("E", wording.Time(trade.Time));
        json.WriteString("s", market.Instrument.Symbol);
        json.WriteNumber("t", trade.Id);
        json.WritePrice("p", market.Instrument, trade.Price);
        json.WriteQuantity("q", market.Instrument, trade.Quantity);
        json.WriteNumber("T", wording.Time(trade.Time));
        json.WriteBoolean("m", trade.BuyerIsMaker);
        json.WriteBoolean("M", true);
        json.WriteEndObject();
    }));
}
