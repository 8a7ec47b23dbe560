using System.Net.Mail;
using System.Text.Json;
using Tidemark.Notifications.Channels;
using Tidemark.Platform.Mail;
using Tidemark.Simulator.Faults;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

public sealed class The_operators_mistakes_cost_nobody_his_channel(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public void Only_an_address_that_is_refused_for_good_counts_against_a_person()
    {
        static bool Counts(Exception fault) => Mail.IsAboutTheAddress(Mail.Describe(fault));

        Counts(new SmtpFailedRecipientException(SmtpStatusCode.MailboxUnavailable, "ann@example.com", "5.1.1 no such user")).ShouldBeTrue();
        Counts(new SmtpFailedRecipientException(SmtpStatusCode.MailboxBusy, "ann@example.com", "4.2.0 try later")).ShouldBeFalse();
        Counts(new SmtpFailedRecipientException(SmtpStatusCode.MailboxUnavailable, "ann@example.com", "5.7.1 relaying denied")).ShouldBeFalse();
        Counts(new SmtpException(SmtpStatusCode.MustIssueStartTlsFirst, "530 sign in first")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(ChannelKind.Ntfy, 403)]
    [InlineData(ChannelKind.Telegram, 401)]
    [InlineData(ChannelKind.Sms, 401)]
    [InlineData(ChannelKind.WebPush, 403)]
    public async Task What_the_operator_must_mend_costs_nobody_his_channel(ChannelKind channel, int status)
    {
        var (who, _) = await server.Listener(channel);
        using var _1 = who;
        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.ServerError) { On = ServiceOf(channel), Status = status });
        await server.Post(Note(who, "alert:1"));
        // It is tried again and again: what it has used up is told while it waits.
        var attempts = -1;
        await Until(
            async () => (attempts = await server.Ask<int?>($"SELECT attempts FROM notification_deliveries WHERE user_id = {who.Id} AND channel = '{channel.Word()}' AND status = 'WAITING' AND why IS NOT NULL") ?? -1) >= 0,
            "it waits, and says why");
        attempts.ShouldBe(0, "and no attempt is lost");

        (await who.Get($"notifications/channels/{channel.Word()}")).Data.GetProperty("pausedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await server.Ask<long>($"SELECT count(*) FROM push_subscriptions WHERE user_id = {who.Id}")).ShouldBe(channel == ChannelKind.WebPush ? 1 : 0);
    }
}
