using System.CommandLine;
using System.Text;
using Spectre.Console;
using Tidemark.Platform.Cli;

namespace Tidemark.Platform.Settings;

/// <summary>`tidemark settings`: every setting, what it means and what it is now; secrets only as set or not.</summary>
static class SettingsCommand
{
    public sealed record Listed(string Name, string Group, string Meaning, string? Default, string? Value, bool IsSet, bool IsSecret, bool IsAhead);

    public static Command Build(CommandContext context)
    {
        var json = CommandOptions.Json();
        var example = new Option<bool>("--example") { Description = "Write an .env file with every setting explained and commented out." };
        var command = new Command("settings", "List every setting, what it means and what it is now.") { json, example };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(example))
            {
                Console.Out.Write(Example());
                return CommandLine.Done;
            }
            var settings = context.ReadSettings();
            var listed = SettingKeys.All.Select(key => new Listed(
                key.Name, key.Group, key.Meaning, key.Default, key.Secret ? null : settings[key.Name], settings.IsSet(key.Name), key.Secret, key.IsAhead)).ToList();
            return Show(context, listed, parsed.GetValue(json));
        });
        return command;
    }

    static int Show(CommandContext context, IReadOnlyList<Listed> settings, bool asJson)
    {
        if (asJson)
        {
            context.WriteJson(settings);
            return CommandLine.Done;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("Setting", "Now", "Meaning");
        foreach (var setting in settings)
        {
            var now = setting.IsSecret ? (setting.IsSet ? "(set)" : "") : setting.Value ?? "";
            table.AddRow(new Text(setting.Name), new Text(now, setting.IsSet ? Style.Plain : new Style(decoration: Decoration.Dim)), new Text(setting.Meaning + (setting.IsAhead ? " (Not used yet.)" : "")));
        }
        context.Out.Write(table);
        return CommandLine.Done;
    }

    internal static string Example()
    {
        var text = new StringBuilder("# Settings of Tidemark. Copy to .env and uncomment what you change; the environment wins over this file.\n");
        foreach (var group in SettingKeys.All.GroupBy(key => key.Group))
        {
            text.Append('\n').Append("# --- ").Append(group.Key).Append(" ---\n");
            foreach (var key in group)
            {
                text.Append("\n# ").Append(key.Meaning).Append('\n');
                if (key.IsAhead)
                {
                    text.Append("# Not used yet: named for what is being built.\n");
                }
                if (key.RequiredInProduction)
                {
                    text.Append("# Required in production.\n");
                }
                if (key.Alias is not null)
                {
                    text.Append("# Also read as ").Append(key.Alias).Append(".\n");
                }
                text.Append('#').Append(key.Name).Append('=').Append(key.Default).Append('\n');
            }
        }
        return text.ToString();
    }
}
