using Tidemark.Access;
using Tidemark.Accounts;
using Tidemark.Market;
using Tidemark.Operations;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Database;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Mail;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Secrets;
using Tidemark.Platform.Web;
using Tidemark.Quant;
using Tidemark.Simulation;

return await CommandLine.Run(args, Everything());

/// <summary>The whole program as a list of its modules, lower floors first.</summary>
partial class Program
{
    internal static Product Everything() => Product.Of(
        DatabaseModule.AddDatabase,
        SecretsModule.AddSecrets,
        ApiModule.AddApi,
        RealtimeModule.AddRealtime,
        JobsModule.AddJobs,
        MailModule.AddMail,
        AuditModule.AddAudit,
        WebModule.AddWeb,
        QuantModule.AddQuant,
        SimulationModule.AddSimulation,
        AccessModule.AddAccess,
        AccountsModule.AddAccounts,
        MarketModule.AddMarket,
        OperationsModule.AddOperations);
}
