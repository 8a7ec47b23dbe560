using Tidemark.Platform.Web;

namespace Tidemark.Signals.Chain;

/// <summary>The public pages on which anyone checks a hash.</summary>
static class VerifyPages
{
    static readonly string[] Read = ["GET", "HEAD"];

    public static void Map(WebApplication app)
    {
        app.MapMethods("/verify", Read, static (ChainReader chain, CancellationToken stop) => Page(null, chain, stop)).ExcludeFromDescription();
        app.MapMethods("/verify/{hash}", Read, static (string hash, ChainReader chain, CancellationToken stop) => Page(hash, chain, stop)).ExcludeFromDescription();
    }

    static async Task<PageResult<VerifyPage>> Page(string? hash, ChainReader chain, CancellationToken stop)
    {
        var asked = hash is { Length: > 100 } ? hash[..100] : hash;
        var entry = asked is null ? null : await chain.Find(asked.ToLowerInvariant(), stop);
        var parameters = new Dictionary<string, object?> { [nameof(VerifyPage.Asked)] = asked, [nameof(VerifyPage.Entry)] = entry, [nameof(VerifyPage.Head)] = await chain.Head(stop) };
        return new PageResult<VerifyPage>(asked is not null && entry is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK, parameters);
    }
}
