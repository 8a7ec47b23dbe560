using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tidemark.Market.Candles;
using Tidemark.Market.Ingest;
using Tidemark.Running;

namespace Tidemark.Market;

/// <summary>A candle store on a database of its own, without the rest of the program.</summary>
public class CandleRoom(TestPostgres postgres) : IAsyncLifetime
{
    public NpgsqlDataSource Source { get; private set; } = null!;
    public SeriesCatalog Catalog { get; private set; } = null!;
    public CandlePartitions Partitions { get; private set; } = null!;
    public HotCandles Hot { get; } = new(1_000_000);
    public CandleStore Store { get; private set; } = null!;
    public CandleAggregation Aggregation { get; private set; } = null!;
    public SymbolLoader Loader { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Source = NpgsqlDataSource.Create(await postgres.Clone() + ";Maximum Pool Size=20");
        (Store, Catalog, Partitions) = NewStore(Hot);
        Aggregation = new CandleAggregation(Store, Catalog, Source);
        Loader = new SymbolLoader(Store, Catalog, Aggregation, new MinuteFetch(TimeProvider.System, NullLogger<MinuteFetch>.Instance), TimeProvider.System);
    }

    /// <summary>Another store on the same database, as another process has one.</summary>
    public (CandleStore Store, SeriesCatalog Catalog, CandlePartitions Partitions) NewStore(HotCandles hot)
    {
        var catalog = new SeriesCatalog(Source, TimeProvider.System);
        var partitions = new CandlePartitions(Source);
        return (new CandleStore(Source, catalog, partitions, hot, TimeProvider.System), catalog, partitions);
    }

    public StoredCandleNews News(CandleStore store, HotCandles hot) =>
        new(Source, store, Catalog, hot, TimeProvider.System, NullLogger<StoredCandleNews>.Instance);

    public async Task<T> Scalar<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Hot.Dispose();
        await Source.DisposeAsync();
    }
}
