using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Sending;
using Tidemark.Platform.Api;
using Tidemark.Running;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

/// <summary>Nobody sends here but the test: the program has no role for it.</summary>
public sealed class A_sender_that_lost_its_lease_writes_no_verdict(A_sender_that_lost_its_lease_writes_no_verdict.Poster server) : IClassFixture<A_sender_that_lost_its_lease_writes_no_verdict.Poster>
{
    public sealed class Poster(TestPostgres postgres) : MessagingServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings) { ["ROLES"] = "web" };
    }

    /// <summary>A node that lost its lease while it slept must not write over what the next one did.</summary>
    [Fact]
    public async Task Nor_takes_anything_more()
    {
        using var who = await Posted(ChannelKind.Webhook);
        var (first, second) = (Lease(ChannelKind.Webhook, "first"), Lease(ChannelKind.Webhook, "second"));
        var queue = new DeliveryQueue(ChannelKind.Webhook, server.Source, server.Clock);
        (await first.Hold(CancellationToken.None)).ShouldBeTrue();
        var inHand = (await queue.Claim(first.Fence, 10, [], CancellationToken.None)).ShouldHaveSingleItem();
        (await second.Hold(CancellationToken.None)).ShouldBeFalse("one at a time");
        await LetRunOut(ChannelKind.Webhook);
        (await second.Hold(CancellationToken.None)).ShouldBeTrue();

        var now = server.Clock.GetUtcNow();
        (await queue.Mark(inHand, first.Fence, new Mark(DeliveryStatus.Dead, now) { Outcome = "FAILED", StartedAt = now }, CancellationToken.None)).ShouldBeFalse();
        (await queue.Claim(first.Fence, 10, [], CancellationToken.None)).ShouldBeEmpty();
        (await queue.Claim(second.Fence, 10, [], CancellationToken.None)).ShouldHaveSingleItem().Id.ShouldBe(inHand.Id);
        (await Accept(inHand, first.Fence)).ShouldBeFalse("the other one has it in hand by now");
    }

    [Fact]
    public async Task But_that_a_message_was_accepted_stays_true_while_nobody_else_has_it()
    {
        using var who = await Posted(ChannelKind.Discord);
        var (first, second) = (Lease(ChannelKind.Discord, "first"), Lease(ChannelKind.Discord, "second"));
        var queue = new DeliveryQueue(ChannelKind.Discord, server.Source, server.Clock);
        (await first.Hold(CancellationToken.None)).ShouldBeTrue();
        var inHand = (await queue.Claim(first.Fence, 10, [], CancellationToken.None)).ShouldHaveSingleItem();
        await LetRunOut(ChannelKind.Discord);
        (await second.Hold(CancellationToken.None)).ShouldBeTrue();

        (await Accept(inHand, first.Fence)).ShouldBeTrue();
        (await queue.Claim(second.Fence, 10, [], CancellationToken.None)).ShouldBeEmpty("it was sent");
    }

    async Task<Visitor> Posted(ChannelKind channel)
    {
        var who = await Visitor.SignUp(server, Plan.Premium);
        await server.SetUp(who, channel);
        await server.Post(Note(who, "alert:1"));
        return who;
    }

    async Task<bool> Accept(Claimed inHand, long fence)
    {
        await using var book = new AcceptanceBook(server.Source);
        var now = server.Clock.GetUtcNow();
        return await book.Write(new Acceptance(inHand.Id, fence, inHand.Attempt, now, TimeSpan.Zero, now, "receipt", null));
    }

    Task<long> LetRunOut(ChannelKind channel) => server.Ask<long>($"UPDATE notification_senders SET held_until = '-infinity' WHERE channel = '{channel.Word()}' RETURNING fence");

    SenderLease Lease(ChannelKind channel, string holder) => new(channel, holder, server.Source, TimeSpan.FromSeconds(30), TimeProvider.System);
}
