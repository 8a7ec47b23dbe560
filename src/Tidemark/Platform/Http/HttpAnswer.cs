using System.Net.Http.Headers;
using System.Text;

namespace Tidemark.Platform.Http;

/// <summary>What another server answered: its status, its headers, and at most the first 16 kB.</summary>
public sealed record HttpAnswer(int Status, HttpResponseHeaders Headers, string Body)
{
    const int MostRead = 16 * 1024;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public bool IsSuccess => Status is >= 200 and < 300;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>Sends the request and reads the answer within five seconds; a TimeoutException says that none came.</summary>
    public static Task<HttpAnswer> Of(HttpClient http, HttpRequestMessage request, TimeProvider clock, CancellationToken stop) => Of(http, request, Patience, clock, stop);

    /// <summary>The same within what is left of the five seconds.</summary>
    public static async Task<HttpAnswer> Of(HttpClient http, HttpRequestMessage request, TimeSpan left, TimeProvider clock, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var buffer = new byte[MostRead];
            var length = await body.ReadAtLeastAsync(buffer, MostRead, throwOnEndOfStream: false, either.Token);
            return new HttpAnswer((int)response.StatusCode, response.Headers, Encoding.UTF8.GetString(buffer, 0, length));
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer in {Patience.TotalSeconds:0} s.", late);
        }
        catch (HttpRequestException refused) when (refused.InnerException is AddressRefusedException address)
        {
            throw new AddressRefusedException(address.Message);
        }
    }
}
