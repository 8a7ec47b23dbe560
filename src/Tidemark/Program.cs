using Tidemark.Access;
using Tidemark.Accounts;
using Tidemark.Alerts;
using Tidemark.Backtests;
using Tidemark.Market;
using Tidemark.Notifications;
using Tidemark.Operations;
using Tidemark.Patterns;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Database;
using Tidemark.Platform.Http;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Mail;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Secrets;
using Tidemark.Platform.Web;
using Tidemark.Quant;
using Tidemark.Signals;
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
        HttpModule.AddHttp,
        MailModule.AddMail,
        AuditModule.AddAudit,
        WebModule.AddWeb,
        QuantModule.AddQuant,
        SimulationModule.AddSimulation,
        AccessModule.AddAccess,
        AccountsModule.AddAccounts,
        NotificationsModule.AddNotifications,
        MarketModule.AddMarket,
        PatternsModule.AddPatterns,
        AlertsModule.AddAlerts,
        SignalsModule.AddSignals,
        BacktestsModule.AddBacktests,
        OperationsModule.AddOperations);
}
