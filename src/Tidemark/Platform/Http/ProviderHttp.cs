namespace Tidemark.Platform.Http;

/// <summary>Calls services that the operator named in the settings. Nothing of an address here comes from a user but an encoded part of its path.</summary>
public sealed class ProviderHttp(TimeProvider clock) : IDisposable
{
    readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(3),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<HttpAnswer> Send(HttpRequestMessage request, CancellationToken stop)
    {
        using (request)
        {
            return await HttpAnswer.Of(_http, request, clock, stop);
        }
    }

    public void Dispose() => _http.Dispose();
}
