using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts;
using Tidemark.Accounts.SignIn;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Sending;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;
using Tidemark.Platform.Secrets;
using static Tidemark.Notifications.Channels.ChannelEndpoints;

namespace Tidemark.Notifications.Channels;

/// <summary>Keeps a person's channels: addresses that are never shown again, codes that prove a number or a chat is his, filters, pauses.</summary>
sealed class ChannelDesk(
    TidemarkDb db, RouteBook routes, AddressSeal seal, AddressRules rules, OfferedChannels offered, IEnumerable<INotificationChannel> channels, Recipients recipients, TokenHashes hashes, RateLimits limits,
    AuditLog audit, TimeProvider clock)
{
    const int MostTries = 5, MostTurns = 3;
    internal const int CodesByTextADay = 500;
    static readonly TimeSpan CodeCounts = TimeSpan.FromMinutes(10), ShortWait = TimeSpan.FromSeconds(2);

    public async Task<ChannelView> View(long user, ChannelKind channel, CancellationToken stop)
    {
        var person = (await routes.Find([user], stop))[user];
        var settings = person.Of(user, channel);
        var isPaused = settings.IsPaused(clock.GetUtcNow());
        return new ChannelView(
            channel, offered.Has(channel), person.IsReady(settings), settings.Enabled || channel == ChannelKind.InApp, settings.Shown,
            settings is { Sealed: not null, ConfirmedAt: null } && settings.CodeUntil > clock.GetUtcNow(),
            settings.Kinds is { } kinds ? [.. kinds.Select(kind => Enum.Parse<NotificationKind>(kind, true))] : null, settings.Symbols, settings.Direction, settings.LeastConfluence,
            settings.QuietFrom?.ToString("HH:mm", CultureInfo.InvariantCulture), settings.QuietUntil?.ToString("HH:mm", CultureInfo.InvariantCulture), settings.Digest,
            settings.Failures, isPaused ? settings.PausedAt : null, isPaused ? settings.PausedUntil : null, isPaused ? settings.PausedWhy : null);
    }

    public async Task<ChannelView> Change(long user, ChannelKind channel, ChannelWishes wishes, TimeOnly? from, TimeOnly? until, CancellationToken stop)
    {
        if (wishes.Enabled)
        {
            await MustBeReady(user, channel, stop);
        }
        var settings = await Own(user, channel, stop);
        settings.Enabled = wishes.Enabled;
        settings.Kinds = wishes.Kinds is { } kinds ? [.. kinds.Distinct().Select(kind => kind.ToString().ToUpperInvariant())] : null;
        settings.Symbols = wishes.Symbols is { } symbols ? [.. symbols.Select(symbol => symbol.ToUpperInvariant()).Distinct()] : null;
        (settings.Direction, settings.LeastConfluence, settings.Digest) = (wishes.Direction, wishes.LeastConfluence, wishes.Digest);
        (settings.QuietFrom, settings.QuietUntil) = (from, until);
        await db.SaveChangesAsync(stop);
        return await View(user, channel, stop);
    }

    /// <summary>Keeps an address, and sends a code there where only its owner should read it. Answers the webhook's secret if one was made.</summary>
    public async Task<string?> SetAddress(Caller caller, ChannelKind channel, NewAddress wanted, CancellationToken stop)
    {
        MustBeOffered(channel);
        var (address, shown, made) = rules.Read(channel, wanted);
        // Whoever has a webhook was given it; a number or a channel anybody can name.
        var needsCode = channel is ChannelKind.Sms or ChannelKind.Telegram || (channel == ChannelKind.Discord && address?.ChatId is not null);
        if (needsCode)
        {
            await SpendCode(caller, channel, address!, stop);
        }
        var code = needsCode ? RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture) : null;
        await db.InTransaction(
            async _ =>
            {
                var settings = await Own(caller.UserId, channel, stop);
                settings.Sealed = address is null ? null : seal.Close(caller.UserId, channel, address);
                (settings.Shown, settings.ConfirmedAt) = (shown, code is null ? clock.GetUtcNow() : null);
                (settings.CodeHash, settings.CodeUntil, settings.CodeTries) = (code is null ? null : Hash(caller.UserId, channel, code), code is null ? null : clock.GetUtcNow() + CodeCounts, 0);
                settings.Enabled &= code is null;
                settings.Resume();
                await db.SaveChangesAsync(stop);
                await audit.Append(caller, "notifications.address.changed", caller.Id, stop, ("channel", channel.Word()));
            },
            stop);
        if (code is not null)
        {
            await SendCode(caller.UserId, channel, address!, code, stop);
        }
        return made;
    }

    public async Task Forget(Caller caller, ChannelKind channel, CancellationToken stop) =>
        await db.InTransaction(
            async _ =>
            {
                var settings = await Own(caller.UserId, channel, stop);
                (settings.Sealed, settings.Shown, settings.ConfirmedAt, settings.CodeHash, settings.CodeUntil) = (null, null, null, null, null);
                settings.Enabled = false;
                settings.Resume();
                await db.SaveChangesAsync(stop);
                await audit.Append(caller, "notifications.address.forgotten", caller.Id, stop, ("channel", channel.Word()));
            },
            stop);

    /// <summary>Counts the try before the code is looked at, so that many at once are not many more than five.</summary>
    public async Task Confirm(Caller caller, ChannelKind channel, string code, CancellationToken stop)
    {
        var (user, now) = (caller.UserId, clock.GetUtcNow());
        var counted = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE notification_channels SET code_tries = code_tries + 1
            WHERE user_id = {user} AND channel = {channel.Word()} AND code_until > {now} AND code_tries < {MostTries}
            """,
            stop);
        // Compared where it is written: another address that was saved meanwhile has another code.
        var hash = Hash(user, channel, code.Trim());
        var confirmed = counted == 0 ? 0 : await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE notification_channels SET confirmed_at = {now}, code_hash = NULL, code_until = NULL, enabled = true
            WHERE user_id = {user} AND channel = {channel.Word()} AND code_hash = {hash} AND code_until > {now}
            """,
            stop);
        new Fields().Must("value", confirmed == 1 ? null : "The code is wrong or too old; save the address again for another.").Hold();
    }

    public async Task Resume(long user, ChannelKind channel, CancellationToken stop)
    {
        var settings = await Own(user, channel, stop);
        settings.Resume();
        await db.SaveChangesAsync(stop);
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"UPDATE notification_deliveries SET next_at = {now} WHERE user_id = {user} AND channel = {channel.Word()} AND status = 'WAITING' AND next_at > {now} AND due_at <= {now}", stop);
    }

    public async Task MustBeReady(long user, ChannelKind channel, CancellationToken stop)
    {
        MustBeOffered(channel);
        var person = (await routes.Find([user], stop))[user];
        if (!person.IsReady(person.Of(user, channel)))
        {
            throw new TidemarkException(ErrorCode.ChannelNotReady);
        }
    }

    void MustBeOffered(ChannelKind channel)
    {
        if (!offered.Has(channel))
        {
            throw new TidemarkException(ErrorCode.ChannelNotOffered);
        }
    }

    /// <summary>
    /// Codes are bounded by account, by the place they go to, whoever asks, and text messages, which cost money and ring at strangers,
    /// by day for the whole server.
    /// </summary>
    async Task SpendCode(Caller caller, ChannelKind channel, ChannelAddress address, CancellationToken stop)
    {
        var place = Convert.ToHexStringLower(hashes.Hash($"place of channel {channel.Word()}", address.Phone ?? address.ChatId ?? ""));
        if (!(await limits.Spend(new RateBucket("channel codes", 5, TimeSpan.FromHours(1)), caller.Key, stop)).Allowed)
        {
            throw new TidemarkException(ErrorCode.RateLimited, "Five codes an hour are sent at most.");
        }
        if (!(await limits.Spend(new RateBucket("channel codes to a place", 5, TimeSpan.FromDays(1)), place, stop)).Allowed)
        {
            throw new TidemarkException(ErrorCode.RateLimited, "Five codes a day are sent to one place at most.");
        }
        if (channel == ChannelKind.Sms && !(await limits.Spend(new RateBucket("text message codes", CodesByTextADay, TimeSpan.FromDays(1)), "everybody", stop)).Allowed)
        {
            throw new TidemarkException(ErrorCode.RateLimited, "This server has sent as many codes by text message as it does in a day; try again tomorrow.");
        }
    }

    /// <summary>The code goes straight out and is written nowhere: in the outbox, whoever asked for it could read it without having the phone.</summary>
    async Task SendCode(long user, ChannelKind channel, ChannelAddress address, string code, CancellationToken stop)
    {
        var to = (await recipients.Find([user], stop))[user];
        var title = to.Language == "de" ? $"Ihr Tidemark-Code: {code}" : $"Your Tidemark code: {code}";
        var body = to.Language == "de" ? "Er gilt zehn Minuten. Haben Sie ihn nicht angefordert, tun Sie nichts." : "It counts for ten minutes. If you did not ask for it, do nothing.";
        var parcel = new Parcel(0, 0, 1, 0, "ntf_" + new string('0', 32), to, address, 0, NotificationKind.Account, title, body, null, null, null, IsUrgent: true, clock.GetUtcNow());
        var service = channels.Single(one => one.Kind == channel);
        var result = await service.Send(parcel, stop);
        for (var turn = 0; turn < MostTurns && result.Outcome == SendOutcome.Later && result.Wait <= ShortWait; turn++)
        {
            await Task.Delay(result.Wait, clock, stop);
            result = await service.Send(parcel, stop);
        }
        if (result.Outcome != SendOutcome.Accepted)
        {
            throw new TidemarkException(ErrorCode.ChannelRefused, result.Why);
        }
    }

    byte[] Hash(long user, ChannelKind channel, string code) => hashes.Hash($"code of channel {channel.Word()} of {user}", code);

    /// <summary>The row is made by the database where there is none: of two who ask at once, both find the same.</summary>
    async Task<ChannelSettings> Own(long user, ChannelKind channel, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO notification_channels (user_id, channel, enabled, direction, least_confluence, digest, code_tries, failures, pauses, changed_at)
            VALUES ({user}, {channel.Word()}, false, 'BOTH', 0, true, 0, 0, 0, {now})
            ON CONFLICT DO NOTHING
            """,
            stop);
        var settings = await db.Set<ChannelSettings>().SingleAsync(known => known.UserId == user && known.Channel == channel, stop);
        settings.ChangedAt = now;
        return settings;
    }
}
