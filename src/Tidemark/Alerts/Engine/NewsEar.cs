using Tidemark.Alerts.Judging;
using Tidemark.Market;
using Tidemark.Platform.Database;

namespace Tidemark.Alerts.Engine;

/// <summary>
/// Listens for the patterns or signals that alerts wait for, in the order they are written: whatever is written late, after a pause or by the
/// thousand, is heard, and what was heard is passed once it was handed to the judges.
/// </summary>
sealed class NewsEar(IAlertFeed feed, EngineTools tools, JudgedAlerts alerts)
{
    TableTail? _tail;
    MarketSource? _of;

    public async Task Listen(CancellationToken stop)
    {
        var waiting = alerts.WhoWaitFor(feed.Of).ToDictionary(static judge => judge.Symbol);
        if (alerts.Source is not { } source || waiting.Count == 0)
        {
            // Whoever comes next is told first what he missed.
            _tail = null;
            return;
        }
        if (_tail is null || _of != source)
        {
            (_tail, _of) = (await Begin(source, stop), source);
        }
        var since = tools.Clock.GetUtcNow() - tools.Rules.OldestNews;
        var pages = _tail.Next((after, until, most) => feed.Recorded(source, waiting.Keys, since, after, until, most, stop), static news => news.Id, tools.Rules.NewsAtOnce, stop);
        await foreach (var page in pages)
        {
            foreach (var ofSymbol in page.GroupBy(static news => news.Series.Symbol))
            {
                await waiting[ofSymbol.Key].Hear(feed.Of, [.. ofSymbol], only: null, stop);
            }
        }
    }

    /// <summary>Behind what was written when progress was last committed: everything heard before that was committed ahead of it.</summary>
    async Task<TableTail> Begin(MarketSource source, CancellationToken stop)
    {
        var (now, written) = (tools.Clock.GetUtcNow(), await tools.Progress.LastWritten(source, stop));
        var from = (written ?? now) - tools.Rules.NewsLag;
        var tail = feed.Follow();
        tail.Begin(await tail.Before(feed.AddedAt, from < now - tools.Rules.OldestNews ? now - tools.Rules.OldestNews : from, stop));
        return tail;
    }

    /// <summary>Tells an alert that is judged from now on what became known since it was armed.</summary>
    public async Task CatchUp(WatchedAlert alert, CancellationToken stop)
    {
        if (alert.Terms.JudgedOn == feed.Of && alerts.Source is { } source)
        {
            var news = await feed.Known(source, [alert.Terms.Symbol], Market.Candles.CandleTable.TimeOf(alert.ArmedAt), tools.Clock.GetUtcNow().AddMinutes(1), tools.Rules.NewsAtOnce, stop);
            await alerts.Hear(alert, news, stop);
        }
    }
}
