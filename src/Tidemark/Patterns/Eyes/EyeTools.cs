using Npgsql;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Reading;

namespace Tidemark.Patterns.Eyes;

/// <summary>What the keepers of all eyes work with.</summary>
public sealed record EyeTools(
    NpgsqlDataSource Source, EyeTable Table, CandleStore Store, SeriesCatalog Catalog, EyeRules Rules, IEnumerable<IEyeFollowing> Followings, PatternHerald Herald, TimeProvider Clock, ILogger<EyeKeeper> Log);
