using System.Text.Json;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Rest;

/// <summary>What was traded, oldest first.</summary>
static class TradeAnswers
{
    public static void WriteAggregates(Asked asked, Utf8JsonWriter json)
    {
        var symbol = asked.Symbol();
        var query = asked.Query;
        var (fromId, start, end) = (query.Number("fromId"), query.Time("startTime"), query.Time("endTime"));
        var limit = query.Limit(500, 1_000);
        if (fromId is not null && (start is not null || end is not null))
        {
            throw ExchangeError.BadCombination();
        }

        var rows = (fromId, start) switch
        {
            ({ } id, _) => FromId(symbol.Market, id, asked.Now, limit),
            (_, { } from) => [.. symbol.Market.Trades(from, Math.Min(end ?? asked.Now, asked.Now)).Take(limit)],
            _ => Newest(symbol.Market, Math.Min(end ?? asked.Now, asked.Now), limit),
        };

        json.WriteStartArray();
        foreach (var trade in FaultyRows.Of(asked.Faults, asked.Place, rows))
        {
            json.WriteStartObject();
            json.WriteNumber("a", trade.Id);
            json.WritePrice("p", symbol.Instrument, trade.Price);
            json.WriteQuantity("q", symbol.Instrument, trade.Quantity);
            json.WriteNumber("f", trade.FirstTrade);
            json.WriteNumber("l", trade.LastTrade);
            json.WriteNumber("T", asked.Time(trade.Time));
            json.WriteBoolean("m", trade.BuyerIsMaker);
            json.WriteBoolean("M", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteRecent(Asked asked, Utf8JsonWriter json)
    {
        var symbol = asked.Symbol();
        var limit = asked.Query.Limit(500, 1_000);
        var trades = symbol.Market.TradesBackFrom(asked.Now).SelectMany(trade => trade.Split().Reverse()).Take(limit).Reverse().ToList();

        json.WriteStartArray();
        foreach (var trade in FaultyRows.Of(asked.Faults, asked.Place, trades))
        {
            json.WriteStartObject();
            json.WriteNumber("id", trade.Id);
            json.WritePrice("price", symbol.Instrument, trade.Price);
            json.WriteQuantity("qty", symbol.Instrument, trade.Quantity);
            json.WriteTurnover("quoteQty", symbol.Instrument, Math.BigMul(trade.Price, trade.Quantity));
            json.WriteNumber("time", asked.Time(trade.Time));
            json.WriteBoolean("isBuyerMaker", trade.BuyerIsMaker);
            json.WriteBoolean("isBestMatch", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static List<AggregateTrade> Newest(SymbolMarket market, long end, int limit)
    {
        var trades = market.TradesBackFrom(end).Take(limit).ToList();
        trades.Reverse();
        return trades;
    }

    static List<AggregateTrade> FromId(SymbolMarket market, long id, long now, int limit)
    {
        if (market.LastTrade(now) is not { } last || id > last.Id)
        {
            return [];
        }

        return [.. market.Trades(market.Tape.MinuteOf(id) * 60_000, now).SkipWhile(trade => trade.Id < id).Take(limit)];
    }
}
