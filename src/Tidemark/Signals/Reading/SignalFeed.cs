using System.Globalization;
using Npgsql;
using Tidemark.Alerts.Engine;
using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Database;
using Tidemark.Signals.Issuing;

namespace Tidemark.Signals.Reading;

/// <summary>Signals as news that alerts wait for.</summary>
public sealed class SignalFeed(NpgsqlDataSource database, SignalReader signals) : IAlertFeed
{
    public JudgedOn Of => JudgedOn.Signals;

    public async Task<IReadOnlyList<MarketNews>> Known(MarketSource source, IReadOnlyCollection<Symbol> symbols, DateTimeOffset from, DateTimeOffset until, int most, CancellationToken stop)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT {StoredSignal.Columns} {StoredSignal.Joined}
            WHERE s.source = (SELECT id FROM market_sources WHERE name = $1 AND provenance = $2) AND s.known_at >= $3 AND s.known_at < $4 AND y.name = ANY ($5)
            ORDER BY s.known_at DESC, s.id DESC
            LIMIT $6
            """);
        command.Parameters.Add(new() { Value = source.Name });
        command.Parameters.Add(new() { Value = SeriesCatalog.NameOf(source.Provenance) });
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = until.ToUniversalTime() });
        command.Parameters.Add(new() { Value = symbols.Select(symbol => symbol.ToString()).ToArray() });
        command.Parameters.Add(new() { Value = most });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var news = new List<MarketNews>();
        while (await rows.ReadAsync(stop))
        {
            news.Add(News(StoredSignal.Read(rows)));
        }
        news.Reverse();
        return news;
    }

    public async Task<IReadOnlyList<MarketNews>> Recorded(MarketSource source, IReadOnlyCollection<Symbol> symbols, DateTimeOffset knownSince, long after, long until, int most, CancellationToken stop) =>
        [.. (await signals.Recorded(source, symbols, knownSince, after, until, most, stop)).Select(News)];

    public TableTail Follow() => signals.Follow();

    public string AddedAt => "issued_at";

    static MarketNews News(StoredSignal signal)
    {
        var terms = signal.Terms;
        return new MarketNews(
            string.Create(CultureInfo.InvariantCulture, $"signal:{signal.Id}"), new SeriesKey(signal.Of.Source, signal.Of.Symbol, terms.Timeframe),
            terms.Direction == Quant.Patterns.Direction.Bullish ? AlertDirection.Bullish : AlertDirection.Bearish,
            CandleTable.TimeOf(terms.KnownAt), signal.IssuedAt, terms.Entry,
            string.Create(CultureInfo.InvariantCulture, $"{signal.Of.Symbol}: {terms.Direction.Word()} signal on {terms.Timeframe}{(terms.Class is { } grade ? $", class {StoredSignal.Word(grade)}" : "")}, entry {terms.Entry:0.########}, stop {terms.Stop:0.########}"))
        {
            Id = signal.Id,
            Class = (int?)terms.Class,
            Confluence = terms.Agreeing,
        };
    }
}
