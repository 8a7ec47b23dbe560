using System.Runtime.CompilerServices;
using Polly.CircuitBreaker;
using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Quality;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Ingest;

/// <summary>
/// Fetches closed minutes of a symbol, a batch at a time. Whatever an answer leaves out, doubles or garbles is asked for again
/// before the batch is handed on.
/// </summary>
public sealed class MinuteFetch(TimeProvider clock, ILogger<MinuteFetch> log)
{
    const int BatchMinutes = 1_000;

    /// <summary>Answers in a row that bring nothing new before minutes count as not to be had now.</summary>
    const int EmptyAnswers = 3;

    public static readonly TimeSpan Batch = TimeSpan.FromMinutes(BatchMinutes);

    static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromSeconds(1);

    /// <summary>The batches of [from, until), oldest first. A batch that cannot be had after all retries is told as failed and passed over; nine in a row end it.</summary>
    public async IAsyncEnumerable<FetchedStretch> Batches(IExchange exchange, Symbol symbol, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken stop)
    {
        var errors = 0;
        for (var start = from; start < until;)
        {
            var range = new GapRange(start, start + Batch < until ? start + Batch : until);
            FetchedStretch stretch;
            try
            {
                stretch = await Complete(exchange, symbol, range, stop);
                if (stretch.Good.Count == 0 && range.Until < until)
                {
                    // Nothing here: not listed yet, or halted. The next candle there is tells how long that goes on.
                    var next = await FirstCandle(exchange, symbol, range.Until, until, stop) ?? until;
                    stretch = stretch with { Range = range with { Until = next } };
                }
                errors = 0;
            }
            catch (Exception fault) when (fault is (ExchangeException and not UnknownSymbolException) or BrokenCircuitException)
            {
                errors++;
                log.LogError("{Symbol} from {From:u} to {Until:u} is passed over, failure {Errors} in a row: {Reason}", symbol, range.From, range.Until, errors, fault.Message);
                if (errors == RetryRules.MaxConsecutiveErrors)
                {
                    throw new FetchAbandonedException(symbol, errors, fault);
                }
                stretch = new FetchedStretch(range, new CandleSeries(0), [], fault.Message);
            }
            yield return stretch;
            start = stretch.Range.Until;
        }
    }

    /// <summary>When the first candle opens that the exchange has from a moment on; null where it has none.</summary>
    public async Task<DateTimeOffset?> FirstCandle(IExchange exchange, Symbol symbol, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        await foreach (var page in exchange.Candles(symbol, Timeframe.M1, from, until, stop))
        {
            return CandleTable.TimeOf(page.Times[0]);
        }
        return null;
    }

    /// <summary>All minutes of a range that the exchange has; asks again for what is missing as long as that brings something.</summary>
    public async Task<FetchedStretch> Complete(IExchange exchange, Symbol symbol, GapRange range, CancellationToken stop)
    {
        var sheet = new MinuteSheet(range);
        for (var empty = 0; empty < EmptyAnswers;)
        {
            var before = sheet.Count;
            foreach (var hole in sheet.Holes())
            {
                await foreach (var page in exchange.Candles(symbol, Timeframe.M1, hole.From, hole.Until, stop))
                {
                    sheet.Add(page.All());
                }
            }
            if (sheet.IsFull)
            {
                break;
            }
            empty = sheet.Count > before ? 0 : empty + 1;
            if (empty is > 0 and < EmptyAnswers)
            {
                await Task.Delay(BeforeAskingAgain, clock, stop);
            }
        }
        return sheet.Told();
    }
}
