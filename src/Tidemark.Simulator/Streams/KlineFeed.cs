using System.Text.Json;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;
using Tidemark.Simulator.Rest;

namespace Tidemark.Simulator.Streams;

/// <summary>The bar in the making at the interval's pace, and every bar once more when it closes.</summary>
sealed class KlineFeed(SymbolMarket market, Interval interval, long zone, Wording wording, FaultBoard faults, string name) : IFeed
{
    public IEnumerable<byte[]> Between(long from, long to)
    {
        for (var open = interval.OpenOf(from, zone); interval.Next(open, zone) <= to; open = interval.Next(open, zone))
        {
            var end = interval.Next(open, zone);
            if (market.Shown(interval, open, end, zone) is { } closed)
            {
                yield return Message(closed, end, end, isClosed: true);
            }
        }

        var forming = interval.OpenOf(to, zone);
        if (from / interval.Pace < to / interval.Pace && market.Shown(interval, forming, to, zone) is { } bar)
        {
            yield return Message(bar, interval.Next(forming, zone), to, isClosed: false);
        }
    }

    byte[] Message(Bar bar, long end, long now, bool isClosed)
    {
        var told = FaultyRows.Candle(faults, name, bar);
        return Wording.Write(json => Write(json, told, end, now, isClosed));
    }

    void Write(Utf8JsonWriter json, in Bar bar, long end, long now, bool isClosed)
    {
        var instrument = market.Instrument;
        json.WriteStartObject();
        json.WriteString("e", "kline");
        json.WriteNumber("E", wording.Time(now));
        json.WriteString("s", instrument.Symbol);
        json.WriteStartObject("k");
        json.WriteNumber("t", wording.Time(bar.OpenTime));
        json.WriteNumber("T", wording.Before(end));
        json.WriteString("s", instrument.Symbol);
        json.WriteString("i", interval.Name);
        json.WriteNumber("f", bar.FirstTrade);
        json.WriteNumber("L", bar.LastTrade);
        json.WritePrice("o", instrument, bar.Open);
        json.WritePrice("c", instrument, bar.Close);
        json.WritePrice("h", instrument, bar.High);
        json.WritePrice("l", instrument, bar.Low);
        json.WriteQuantity("v", instrument, bar.Volume);
        json.WriteNumber("n", bar.Trades);
        json.WriteBoolean("x", isClosed);
        json.WriteTurnover("q", instrument, bar.Turnover);
        json.WriteQuantity("V", instrument, bar.TakerVolume);
        json.WriteTurnover("Q", instrument, bar.TakerTurnover);
        json.WriteString("B", "0");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
