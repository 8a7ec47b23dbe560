using Microsoft.Extensions.DependencyInjection;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Eyes;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Patterns;

/// <summary>The program with candles of a test's own making, and everyone an operator.</summary>
public class EyeServer(TestPostgres postgres) : RunningServer(postgres)
{
    public static MarketSource From { get; } = new("made-up", Provenance.Synthetic);
    public static Symbol Bitcoin { get; } = new("BTC", "USDT");

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["ALLOW_UNAUTHENTICATED_API"] = "true", ["ROLES"] = "web" };

    public CandleStore Store => Services.GetRequiredService<CandleStore>();
    public EyeRoom Room => Services.GetRequiredService<EyeRoom>();

    /// <summary>Stores minutes and has them looked at.</summary>
    public async Task<Seen> Look(CandleSlice minutes, Symbol? symbol = null)
    {
        var of = symbol ?? Bitcoin;
        Services.GetRequiredService<SourceInUse>().Current = From;
        await Store.Save(new SeriesKey(From, of, Timeframe.M1), minutes, CancellationToken.None);
        await Services.GetRequiredService<CandleAggregation>().Extend(From, of, CancellationToken.None);
        return await Room.Of(new EyeKey(From, of)).CatchUp(CancellationToken.None);
    }

    public async Task<T> Scalar<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<List<string>> Rows(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync())
        {
            texts.Add(rows.GetString(0));
        }
        return texts;
    }

    /// <summary>Everything stored of a symbol's patterns and signals but when it was written, as text.</summary>
    public async Task<List<string>> Everything(Symbol? symbol = null) =>
    [
        .. await Rows($"SELECT (to_jsonb(p) - 'id' - 'recorded_at' - 'symbol')::text FROM patterns p WHERE symbol = (SELECT id FROM market_symbols WHERE name = '{symbol ?? Bitcoin}') ORDER BY known_at, timeframe, kind, direction, anchor_at"),
        .. await Rows($"SELECT (to_jsonb(s) - 'id' - 'issued_at' - 'changed_at' - 'retrospective' - 'symbol')::text FROM signals s WHERE symbol = (SELECT id FROM market_symbols WHERE name = '{symbol ?? Bitcoin}') ORDER BY known_at, origin, direction"),
    ];
}
