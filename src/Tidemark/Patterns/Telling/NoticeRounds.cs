using Tidemark.Accounts;
using Tidemark.Market;
using Tidemark.Market.Symbols;
using Tidemark.Notifications.Outbox;
using Tidemark.Patterns.Reading;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Patterns.Telling;

/// <summary>
/// Tells those who ask of patterns and signals. The tables of these are the record of what is to be told: they are followed, and what a crash kept
/// from being posted is posted after it, once to each, as long as it is news. However much one close brings, a person gets a few notices of it.
/// </summary>
public sealed class NoticeRounds(IEnumerable<INoticeSource> sources, Wishes wishes, SightDesk sights, SourceInUse inUse, IServiceScopeFactory scopes, TidemarkSettings settings, TimeProvider clock, ILogger<NoticeRounds> log) : BackgroundService
{
    static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    /// <summary>What became known longer ago is history: nobody can act on it.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>Notices of one kind and one minute that a person gets; behind them, one that says that there are more.</summary>
    const int Most = 5;

    /// <summary>Rows that are read, and notifications that are written, at once.</summary>
    const int Page = 1_000, AtOnce = 200;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        settings.Roles.Contains("market") ? Task.WhenAll(sources.Select(source => Follow(source, stoppingToken))) : Task.CompletedTask;

    sealed class Round(INoticeSource of)
    {
        public INoticeSource Of => of;
        public TableTail? Tail { get; set; }
        public MarketSource? Source { get; set; }

        /// <summary>How much of a minute a person was told.</summary>
        public Dictionary<(long User, DateTimeOffset Minute), int> Told { get; } = [];
    }

    async Task Follow(INoticeSource source, CancellationToken stop)
    {
        var round = new Round(source);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Tell(round, stop);
            }
            catch (Exception trouble) when (!stop.IsCancellationRequested)
            {
                log.LogWarning("{Kind} notices could not be posted; it is tried again: {Reason}", source.Kind, trouble.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Between, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Tell(Round round, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var asked = inUse.Current is { Provenance: not Provenance.Recorded } ? (await wishes.For(round.Of.Kind, round.Of.OnlyByName, stop)).ToLookup(static wish => wish.UserId) : null;
        if (inUse.Current is not { } source || asked is not { Count: > 0 })
        {
            round.Tail = null;
            return;
        }
        if (round.Tail is null || round.Source != source)
        {
            var tail = round.Of.Follow();
            tail.Begin(await tail.Before(round.Of.AddedAt, now - Fresh, stop));
            (round.Tail, round.Source) = (tail, source);
        }
        foreach (var old in round.Told.Keys.Where(told => told.Minute < now - Fresh).ToList())
        {
            round.Told.Remove(old);
        }
        await foreach (var page in round.Tail.Next((after, until, most) => round.Of.Recorded(source, now - Fresh, after, until, most, stop), static notice => notice.Id, Page, stop))
        {
            foreach (var users in page.Count == 0 ? [] : asked.Chunk(AtOnce))
            {
                await Post(round, page, users, stop);
            }
        }
    }

    /// <summary>Posts to some people what of a page they ask for and may see.</summary>
    async Task Post(Round round, IReadOnlyList<MarketNotice> page, IReadOnlyList<IGrouping<long, Wish>> users, CancellationToken stop)
    {
        var wanted = users.ToDictionary(static user => user.Key, user => page.Where(notice => user.Any(wish => wish.Takes(notice.Symbol.ToString(), notice.Direction, notice.Confluence))).ToList());
        List<long> some = [.. wanted.Where(static one => one.Value.Count > 0).Select(static one => one.Key)];
        if (some.Count == 0)
        {
            return;
        }
        await using var scope = scopes.CreateAsyncScope();
        var people = await scope.ServiceProvider.GetRequiredService<Recipients>().Find(some, stop);
        var told = new Dictionary<(long User, DateTimeOffset Minute), int>();
        var posts = people.Values.Where(static person => person.IsOpen).SelectMany(person => Few(round, person, wanted[person.Id], told)).ToList();
        foreach (var batch in posts.Chunk(AtOnce))
        {
            await scope.ServiceProvider.GetRequiredService<NotificationOutbox>().Post(batch, stop);
        }
        foreach (var (place, count) in told)
        {
            round.Told[place] = count;
        }
    }

    /// <summary>A few for each minute, where most timeframes agree first.</summary>
    IEnumerable<NewNotification> Few(Round round, Recipient person, List<MarketNotice> wanted, Dictionary<(long User, DateTimeOffset Minute), int> told)
    {
        var sight = sights.Of(new Caller(person.Id, IsOperator: false, "") { Plan = person.Plan, Role = person.Role });
        foreach (var notice in wanted.Where(notice => notice.IsSeen(sight)).OrderByDescending(static notice => notice.Confluence).ThenBy(static notice => notice.Id))
        {
            var place = (person.Id, Quant.Series.Timeframe.M1.Floor(notice.KnownAt));
            var before = told.TryGetValue(place, out var here) ? here : round.Told.GetValueOrDefault(place);
            told[place] = before + 1;
            if (before < Most)
            {
                yield return new NewNotification(person.Id, round.Of.Kind, notice.Cause, notice.Template, notice.Values)
                {
                    Symbol = notice.Symbol.ToString(),
                    Direction = notice.Direction,
                    Confluence = notice.Confluence,
                    Link = notice.Link,
                    OccurredAt = notice.KnownAt,
                    Needs = round.Of.Needs,
                };
            }
            else if (before == Most)
            {
                yield return NoticeMessages.More(person.Id, round.Of, place.Item2);
            }
        }
    }
}
