using Tidemark.Accounts;
using Tidemark.Market;
using Tidemark.Operations;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Database;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Web;
using Tidemark.Quant;
using Tidemark.Simulation;

return await CommandLine.Run(args, Everything());

/// <summary>The whole program as a list of its modules, lower floors first.</summary>
partial class Program
{
    internal static Product Everything() => Product.Of(
        DatabaseModule.AddDatabase,
        ApiModule.AddApi,
        RealtimeModule.AddRealtime,
        JobsModule.AddJobs,
        WebModule.AddWeb,
        QuantModule.AddQuant,
        SimulationModule.AddSimulation,
        AccountsModule.AddAccounts,
        MarketModule.AddMarket,
        OperationsModule.AddOperations);
}
