using System.Text.Json;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Rest;

/// <summary>What is offered: the book and its best prices.</summary>
static class BookAnswers
{
    public static void WriteDepth(Asked asked, Utf8JsonWriter json)
    {
        var symbol = asked.Symbol();
        var limit = asked.Query.Limit(100, 5_000);
        if (asked.Query.Text("symbolStatus") is not (null or Asked.Trading))
        {
            throw ExchangeError.StatusMismatch();
        }

        WriteBook(json, symbol.Instrument, symbol.Book.At(symbol.Book.SlotAt(asked.Now), Math.Min(limit, OrderBook.Depth)));
    }

    public static void WriteBest(Asked asked, Utf8JsonWriter json) => asked.WriteEach(json, symbol =>
    {
        var best = symbol.Book.At(symbol.Book.SlotAt(asked.Now), 1);
        json.WriteStartObject();
        json.WriteString("symbol", symbol.Instrument.Symbol);
        json.WritePrice("bidPrice", symbol.Instrument, best.Bids[0].Price);
        json.WriteQuantity("bidQty", symbol.Instrument, best.Bids[0].Quantity);
        json.WritePrice("askPrice", symbol.Instrument, best.Asks[0].Price);
        json.WriteQuantity("askQty", symbol.Instrument, best.Asks[0].Quantity);
        json.WriteEndObject();
    });

    public static void WriteBook(Utf8JsonWriter json, Instrument instrument, BookView book)
    {
        json.WriteStartObject();
        json.WriteNumber("lastUpdateId", book.UpdateId);
        WriteLevels(json, "bids", instrument, book.Bids);
        WriteLevels(json, "asks", instrument, book.Asks);
        json.WriteEndObject();
    }

    public static void WriteLevels(Utf8JsonWriter json, string name, Instrument instrument, IReadOnlyList<Level> levels)
    {
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            json.WriteStartArray();
            json.WritePrice(instrument, level.Price);
            json.WriteQuantity(instrument, level.Quantity);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
