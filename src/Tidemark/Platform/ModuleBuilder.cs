using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Database;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Realtime;

namespace Tidemark.Platform;

/// <summary>What a module's door may add to the program.</summary>
public sealed class ModuleBuilder(IServiceCollection services, ProductParts parts)
{
    public IServiceCollection Services => services;

    /// <summary>A table edited row by row; the entity holds its mapping as a nested class named Mapping.</summary>
    public void Entities<T>()
        where T : class =>
        parts.Mappings.Add(model => model.ApplyConfiguration(MappingOf<T>()));

    /// <summary>A group of the API under /api/v1/{name}.</summary>
    public void Endpoints(string name, Action<RouteGroupBuilder> map) => parts.Endpoints.Add(new(name, map));

    /// <summary>Routes that every node answers, whatever its roles: health, metrics.</summary>
    public void Probes(Action<WebApplication> map) => parts.Probes.Add(map);

    /// <summary>Routes of the web role outside the API: pages.</summary>
    public void Routes(Action<WebApplication> map) => parts.Routes.Add(map);

    /// <summary>A verb of the command line.</summary>
    public void Command(Func<CommandContext, Command> verb) => parts.Commands.Add(verb);

    /// <summary>A verb under `db`.</summary>
    public void DatabaseCommand(Func<CommandContext, Command> verb) => parts.DatabaseCommands.Add(verb);

    /// <summary>A channel of the WebSocket hub.</summary>
    public void Channel(ChannelDefinition channel) => parts.Channels.Add(channel);

    /// <summary>Recurring work, also a verb of the command line.</summary>
    public void Job<T>(string name, string summary, JobSchedule schedule)
        where T : class, IJob
    {
        services.AddScoped<T>();
        parts.Jobs.Add(new(name, summary, schedule, typeof(T)));
    }

    /// <summary>Rows of a table that are deleted once their time column is older than the given age.</summary>
    public void Prunes(string table, string timeColumn, TimeSpan keep) => parts.PruneRules.Add(new(table, timeColumn, keep));

    /// <summary>Work to be done after the schema is up to date and before the first request.</summary>
    public void BeforeServing(Func<IServiceProvider, CancellationToken, Task> prepare) => parts.Preparations.Add(prepare);

    /// <summary>A line printed at start: a short label and what a person should know.</summary>
    public void StartLine(string label, Func<IServiceProvider, string> text) => parts.StartLines.Add(new(label, text));

    static IEntityTypeConfiguration<T> MappingOf<T>()
        where T : class
    {
        var mapping = typeof(T).GetNestedType("Mapping", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public)
            ?? throw new InvalidOperationException($"{typeof(T).Name} has no nested class Mapping.");
        return (IEntityTypeConfiguration<T>)Activator.CreateInstance(mapping)!;
    }
}

/// <summary>Everything the modules added, in the order of their doors.</summary>
public sealed class ProductParts
{
    public sealed record EndpointGroup(string Name, Action<RouteGroupBuilder> Map);
    public sealed record Line(string Label, Func<IServiceProvider, string> Text);
    public sealed record PruneRule(string Table, string TimeColumn, TimeSpan Keep);

    public EntityMappings Mappings { get; } = new();
    public List<EndpointGroup> Endpoints { get; } = [];
    public List<Action<WebApplication>> Probes { get; } = [];
    public List<Action<WebApplication>> Routes { get; } = [];
    public List<Func<CommandContext, Command>> Commands { get; } = [];
    public List<Func<CommandContext, Command>> DatabaseCommands { get; } = [];
    public List<ChannelDefinition> Channels { get; } = [];
    public List<JobDefinition> Jobs { get; } = [];
    public List<PruneRule> PruneRules { get; } = [];
    public List<Func<IServiceProvider, CancellationToken, Task>> Preparations { get; } = [];
    public List<Line> StartLines { get; } = [];
}
