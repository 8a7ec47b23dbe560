using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidemark.Platform.Database;
using Tidemark.Platform.Mail;
using Tidemark.Running;

namespace Tidemark.Accounts;

public sealed class Mails_leave_and_are_not_lost(Mails_leave_and_are_not_lost.Posted server) : IClassFixture<Mails_leave_and_are_not_lost.Posted>
{
    public sealed class Posted(TestPostgres postgres) : ClockedServer(postgres)
    {
        internal Carrier Carrier { get; } = new();

        protected override void Replace(IServiceCollection services)
        {
            base.Replace(services);
            services.AddSingleton<IMailCarrier>(Carrier);
        }
    }

    internal sealed class Carrier : IMailCarrier
    {
        public List<(string To, string Subject)> Carried { get; } = [];
        public bool IsBroken { get; set; }
        public bool IsOpen => true;

        public Task Carry(Mail mail, Letter letter, CancellationToken stop)
        {
            if (IsBroken)
            {
                throw new IOException("The mail server is away.");
            }
            Carried.Add((mail.Recipient, mail.Subject));
            return Task.CompletedTask;
        }
    }

    MailSender Sender => server.Services.GetServices<IHostedService>().OfType<MailSender>().Single();

    [Fact]
    public async Task A_mail_waits_while_the_server_is_away_is_tried_again_and_sent_once()
    {
        using var owner = await Visitor.Make(server);
        server.Carrier.IsBroken = true;
        await owner.Post("auth/forgot-password", new { email = owner.Email });
        await Drain();
        (await Row(owner)).ShouldSatisfyAllConditions(mail => mail.SentAt.ShouldBeNull(), mail => mail.Attempts.ShouldBe(1), mail => mail.Fault!.ShouldContain("away"));

        server.Carrier.IsBroken = false;
        await Drain();
        server.Carrier.Carried.ShouldNotContain(mail => mail.To == owner.Email, "not before its time");
        server.Clock.Move(TimeSpan.FromMinutes(1));
        await Task.WhenAll(Drain(), Drain(), Drain());

        server.Carrier.Carried.Count(mail => mail.To == owner.Email).ShouldBe(1);
        (await Row(owner)).SentAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_never_goes_is_given_up_and_says_so()
    {
        using var owner = await Visitor.Make(server);
        server.Carrier.IsBroken = true;
        await owner.Post("auth/forgot-password", new { email = owner.Email });
        for (var i = 0; i < 12; i++)
        {
            await Drain();
            server.Clock.Move(TimeSpan.FromHours(3));
        }
        server.Carrier.IsBroken = false;

        (await Row(owner)).ShouldSatisfyAllConditions(mail => mail.ParkedAt.ShouldNotBeNull(), mail => mail.Attempts.ShouldBe(10));
    }

    async Task Drain()
    {
        while (await Sender.SendNext(CancellationToken.None))
        {
            // On.
        }
    }

    async Task<Mail> Row(Visitor owner)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TidemarkDb>().Set<Mail>().SingleAsync(mail => mail.Recipient == owner.Email);
    }
}
