using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tidemark.Platform.Messaging;

public sealed class The_bus_carries_news
{
    sealed record News(int Number);
    sealed record OtherNews(int Number);

    readonly MemoryEventBus _bus = new(NullLogger<MemoryEventBus>.Instance);

    [Fact]
    public async Task Every_subscriber_hears_all_of_its_kind_in_order()
    {
        var (one, two) = (Channel.CreateUnbounded<int>(), Channel.CreateUnbounded<int>());
        await using var first = _bus.Subscribe<News>((news, _) => one.Writer.WriteAsync(news.Number, CancellationToken.None));
        await using var second = _bus.Subscribe<News>((news, _) => two.Writer.WriteAsync(news.Number, CancellationToken.None));

        for (var i = 0; i < 100; i++)
        {
            await _bus.Publish(new News(i), CancellationToken.None);
            await _bus.Publish(new OtherNews(-i), CancellationToken.None);
        }

        (await Take(one, 100)).ShouldBe(Enumerable.Range(0, 100));
        (await Take(two, 100)).ShouldBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public async Task A_failing_subscriber_goes_on_with_the_next()
    {
        var heard = Channel.CreateUnbounded<int>();
        await using var subscription = _bus.Subscribe<News>((news, _) => news.Number == 1 ? throw new InvalidDataException() : heard.Writer.WriteAsync(news.Number, CancellationToken.None));

        for (var i = 0; i < 3; i++)
        {
            await _bus.Publish(new News(i), CancellationToken.None);
        }

        (await Take(heard, 2)).ShouldBe([0, 2]);
    }

    [Fact]
    public async Task Who_left_hears_nothing_more()
    {
        var heard = 0;
        var subscription = _bus.Subscribe<News>((_, _) =>
        {
            heard++;
            return ValueTask.CompletedTask;
        });
        await subscription.DisposeAsync();

        await _bus.Publish(new News(1), CancellationToken.None);

        heard.ShouldBe(0);
    }

    static async Task<List<int>> Take(Channel<int> channel, int count)
    {
        var taken = new List<int>();
        while (taken.Count < count)
        {
            taken.Add(await channel.Reader.ReadAsync());
        }
        return taken;
    }
}
