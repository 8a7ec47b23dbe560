using System.Text.Json;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Rest;

/// <summary>Candles by range: from a start the oldest first, else the newest up to an end; the last row may still be forming.</summary>
static class KlineAnswers
{
    public static void Write(Asked asked, Utf8JsonWriter json)
    {
        var symbol = asked.Symbol();
        var interval = Interval.Find(asked.Query.Text("interval") ?? throw ExchangeError.Missing("interval")) ?? throw ExchangeError.InvalidInterval();
        var (start, end) = (asked.Query.Time("startTime"), asked.Query.Time("endTime"));
        var limit = asked.Query.Limit(500, 1_000);
        var zone = asked.Query.Zone();
        var last = Math.Min(Math.Min(end ?? asked.Now, asked.Now), symbol.Market.LastTime);

        var rows = start is { } from
            ? Forward(symbol.Market, interval, from, last, limit, asked.Now, zone)
            : Back(symbol.Market, interval, last, limit, asked.Now, zone);

        json.WriteStartArray();
        foreach (var bar in FaultyRows.Of(asked.Faults, asked.Place, rows))
        {
            WriteRow(json, asked, symbol.Instrument, FaultyRows.Candle(asked.Faults, asked.Place, bar), interval.Next(bar.OpenTime, zone));
        }

        json.WriteEndArray();
    }

    static List<Bar> Forward(SymbolMarket market, Interval interval, long start, long last, int limit, long now, long zone)
    {
        var rows = new List<Bar>(limit);
        var open = interval.OpenOf(Math.Max(start, market.FirstTime), zone);
        for (open = open < start ? interval.Next(open, zone) : open; open <= last && rows.Count < limit; open = interval.Next(open, zone))
        {
            if (market.Shown(interval, open, now, zone) is { } bar)
            {
                rows.Add(bar);
            }
        }

        return rows;
    }

    static List<Bar> Back(SymbolMarket market, Interval interval, long last, int limit, long now, long zone)
    {
        var rows = new List<Bar>(limit);
        var first = interval.OpenOf(market.FirstTime, zone);
        for (var open = interval.OpenOf(last, zone); open >= first && rows.Count < limit; open = interval.Back(open, 1, zone))
        {
            if (market.Shown(interval, open, now, zone) is { } bar)
            {
                rows.Add(bar);
            }
        }

        rows.Reverse();
        return rows;
    }

    static void WriteRow(Utf8JsonWriter json, Asked asked, Instrument instrument, in Bar bar, long next)
    {
        json.WriteStartArray();
        json.WriteNumberValue(asked.Time(bar.OpenTime));
        json.WritePrice(instrument, bar.Open);
        json.WritePrice(instrument, bar.High);
        json.WritePrice(instrument, bar.Low);
        json.WritePrice(instrument, bar.Close);
        json.WriteQuantity(instrument, bar.Volume);
        json.WriteNumberValue(asked.Before(next));
        json.WriteTurnover(instrument, bar.Turnover);
        json.WriteNumberValue(bar.Trades);
        json.WriteQuantity(instrument, bar.TakerVolume);
        json.WriteTurnover(instrument, bar.TakerTurnover);
        json.WriteStringValue("0");
        json.WriteEndArray();
    }
}
