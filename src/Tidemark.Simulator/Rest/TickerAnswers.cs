using System.Text.Json;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Rest;

/// <summary>Prices and what they did in 24 hours.</summary>
static class TickerAnswers
{
    const int MeanMinutes = 5;

    public static void WritePrice(Asked asked, Utf8JsonWriter json) => asked.WriteEach(json, symbol =>
    {
        json.WriteStartObject();
        json.WriteString("symbol", symbol.Instrument.Symbol);
        json.WritePrice("price", symbol.Instrument, symbol.Market.LastTrade(asked.Now)?.Price ?? 0);
        json.WriteEndObject();
    });

    public static void WriteMean(Asked asked, Utf8JsonWriter json)
    {
        var symbol = asked.Symbol();
        var last = symbol.Market.LastTrade(asked.Now);
        var window = symbol.Market.Between(asked.Now - (MeanMinutes * 60_000), asked.Now + 1) ?? Bar.Flat(asked.Now, last?.Price ?? 0);
        json.WriteStartObject();
        json.WriteNumber("mins", MeanMinutes);
        if (window.Volume > 0)
        {
            json.WriteMeanPrice("price", symbol.Instrument, window.Turnover, window.Volume);
        }
        else
        {
            json.WritePrice("price", symbol.Instrument, window.Close);
        }

        json.WriteNumber("closeTime", asked.Time(last?.Time ?? 0));
        json.WriteEndObject();
    }

    public static void WriteDay(Asked asked, Utf8JsonWriter json)
    {
        var isFull = asked.Query.Text("type") switch
        {
            null or "FULL" => true,
            "MINI" => false,
            _ => throw ExchangeError.InvalidTickerType(),
        };
        asked.WriteEach(json, symbol => WriteDay(asked, json, symbol, isFull));
    }

    static void WriteDay(Asked asked, Utf8JsonWriter json, ListedSymbol symbol, bool isFull)
    {
        var instrument = symbol.Instrument;
        var day = DayStatistics.Of(symbol.Market, asked.Now);
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        if (isFull)
        {
            json.WritePrice("priceChange", instrument, day.Change);
            json.WriteFixed("priceChangePercent", day.ChangePercent, 3);
            json.WriteMeanPrice("weightedAvgPrice", instrument, day.Window.Turnover, day.Window.Volume);
            json.WritePrice("prevClosePrice", instrument, day.Before);
            json.WritePrice("lastPrice", instrument, day.Last.Price);
            json.WriteQuantity("lastQty", instrument, day.Last.Split().Last().Quantity);
            var best = symbol.Book.At(symbol.Book.SlotAt(asked.Now), 1);
            json.WritePrice("bidPrice", instrument, best.Bids[0].Price);
            json.WriteQuantity("bidQty", instrument, best.Bids[0].Quantity);
            json.WritePrice("askPrice", instrument, best.Asks[0].Price);
            json.WriteQuantity("askQty", instrument, best.Asks[0].Quantity);
        }

        json.WritePrice("openPrice", instrument, day.Window.Open);
        json.WritePrice("highPrice", instrument, day.Window.High);
        json.WritePrice("lowPrice", instrument, day.Window.Low);
        if (!isFull)
        {
            json.WritePrice("lastPrice", instrument, day.Last.Price);
        }

        json.WriteQuantity("volume", instrument, day.Window.Volume);
        json.WriteTurnover("quoteVolume", instrument, day.Window.Turnover);
        json.WriteNumber("openTime", asked.Time(day.OpenTime));
        json.WriteNumber("closeTime", asked.Time(day.CloseTime));
        json.WriteNumber("firstId", day.Window.FirstTrade);
        json.WriteNumber("lastId", day.Window.LastTrade);
        json.WriteNumber("count", day.Window.Trades);
        json.WriteEndObject();
    }
}
