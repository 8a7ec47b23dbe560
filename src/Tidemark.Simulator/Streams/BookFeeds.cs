using Tidemark.Simulator.Markets;
using Tidemark.Simulator.Rest;

namespace Tidemark.Simulator.Streams;

/// <summary>Best bid and ask whenever they change.</summary>
sealed class BestPriceFeed(ListedSymbol symbol) : IFeed
{
    public IEnumerable<byte[]> Between(long from, long to)
    {
        var book = symbol.Book;
        var before = book.At(book.SlotAt(from), 1);
        for (var slot = book.SlotAt(from) + 1; slot <= book.SlotAt(to); slot++)
        {
            var now = book.At(slot, 1);
            if (now.Bids[0] != before.Bids[0] || now.Asks[0] != before.Asks[0])
            {
                yield return Message(now);
            }

            before = now;
        }
    }

    byte[] Message(BookView best) => Wording.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("u", best.UpdateId);
        json.WriteString("s", symbol.Instrument.Symbol);
        json.WritePrice("b", symbol.Instrument, best.Bids[0].Price);
        json.WriteQuantity("B", symbol.Instrument, best.Bids[0].Quantity);
        json.WritePrice("a", symbol.Instrument, best.Asks[0].Price);
        json.WriteQuantity("A", symbol.Instrument, best.Asks[0].Quantity);
        json.WriteEndObject();
    });
}

/// <summary>The best levels of the book at a steady pace.</summary>
sealed class PartialDepthFeed(ListedSymbol symbol, int levels, long pace) : IFeed
{
    public IEnumerable<byte[]> Between(long from, long to)
    {
        if (from / pace < to / pace)
        {
            var book = symbol.Book.At(symbol.Book.SlotAt(to), levels);
            yield return Wording.Write(json => BookAnswers.WriteBook(json, symbol.Instrument, book));
        }
    }
}

/// <summary>Every change of the book, gathered at a steady pace; each message begins where the last one ended.</summary>
sealed class DepthChangeFeed(ListedSymbol symbol, long pace, Wording wording) : IFeed
{
    public IEnumerable<byte[]> Between(long from, long to)
    {
        // A message covers whole slots, so the pace is a whole number of them.
        var slots = Math.Max(1, pace / symbol.Book.SlotLength);
        foreach (var beat in Wording.Beats(slots * symbol.Book.SlotLength, from + 1, to + 1))
        {
            var last = symbol.Book.SlotAt(beat - 1);
            yield return Message(symbol.Book.Change(last - slots, last), beat);
        }
    }

    byte[] Message(BookChange change, long now) => Wording.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("e", "depthUpdate");
        json.WriteNumber("E", wording.Time(now));
        json.WriteString("s", symbol.Instrument.Symbol);
        json.WriteNumber("U", change.FirstUpdateId);
        json.WriteNumber("u", change.LastUpdateId);
        BookAnswers.WriteLevels(json, "b", symbol.Instrument, change.Bids);
        BookAnswers.WriteLevels(json, "a", symbol.Instrument, change.Asks);
        json.WriteEndObject();
    });
}
