using System.ComponentModel;
using System.Text.Json;
using Tidemark.Platform.Api;
using Tidemark.Quant.Formulas;

namespace Tidemark.Backtests.CustomIndicators;

/// <summary>What is wrong with a formula, and where; lines and columns are counted from 1.</summary>
public sealed record FormulaFault(string Message, int Line, int Column);

/// <summary>A setting of a formula.</summary>
public sealed record FormulaSetting(
    string Name,
    [property: Description("In the setting's own unit, as all three.")] double Default,
    double Minimum,
    double Maximum);

/// <summary>Reads formulas and their settings as callers write them.</summary>
public static class FormulaText
{
    public const int MostParameters = 20;

    /// <summary>The formula, or what is wrong with it.</summary>
    public static (Formula? Formula, FormulaFault? Fault) Read(string text, IReadOnlyList<FormulaSetting> settings)
    {
        try
        {
            return (Formula.Parse(text, [.. settings.Select(static setting => new FormulaParameter(setting.Name, setting.Default, setting.Minimum, setting.Maximum))]), null);
        }
        catch (FormulaException wrong)
        {
            return (null, new FormulaFault(wrong.Message, wrong.Position.Line, wrong.Position.Column));
        }
        catch (ArgumentException wrong)
        {
            // A setting's name or range that no formula could use.
            return (null, new FormulaFault(Plain(wrong), 1, 1));
        }
    }

    /// <summary>The formula; refuses what cannot be used with its place.</summary>
    public static Formula Must(string text, IReadOnlyList<FormulaSetting> settings, string field = "formula") =>
        Read(text, settings) is { Formula: { } formula } read ? formula : throw Refused(field, Read(text, settings).Fault!);

    public static TidemarkException Refused(string field, FormulaFault fault) =>
        new(ErrorCode.ValidationFailed, $"{field}: {fault.Message}", new Dictionary<string, object?> { ["fields"] = new Dictionary<string, object?> { [field] = new[] { fault.Message } }, ["line"] = fault.Line, ["column"] = fault.Column });

    public static TidemarkException Refused(string field, string fault) =>
        new(ErrorCode.ValidationFailed, fault, new Dictionary<string, object?> { ["fields"] = new Dictionary<string, object?> { [field] = new[] { fault } } });

    /// <summary>Settings by name: a plain number is a default with a range around it; an object says default, minimum and maximum.</summary>
    public static IReadOnlyList<FormulaSetting> Settings(IReadOnlyDictionary<string, JsonElement>? given)
    {
        if (given?.Count > MostParameters)
        {
            throw Refused("parameters", $"At most {MostParameters} parameters.");
        }
        return [.. (given ?? new Dictionary<string, JsonElement>()).Select(static one => Setting(one.Key, one.Value))];
    }

    static FormulaSetting Setting(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return Around(name, number);
        }
        if (value.ValueKind == JsonValueKind.Object && Number(value, "default") is { } standard)
        {
            var around = Around(name, standard);
            var setting = new FormulaSetting(name, standard, Number(value, "minimum") ?? around.Minimum, Number(value, "maximum") ?? around.Maximum);
            if (setting.Minimum <= standard && standard <= setting.Maximum)
            {
                return setting;
            }
        }
        throw Refused("parameters", $"{(name.Length > 40 ? name[..40] + "…" : name)} must be a number, or an object of default, minimum and maximum with the default between them.");
    }

    /// <summary>Counts of candles stay counts of candles: at least 1, ten times as many at most.</summary>
    static FormulaSetting Around(string name, double number) => number switch
    {
        >= 1 => new(name, number, 1, 10 * number),
        > 0 => new(name, number, 0, 10 * number),
        0 => new(name, 0, -1, 1),
        _ => new(name, number, 10 * number, 0),
    };

    static double? Number(JsonElement value, string name) =>
        value.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    static string Plain(ArgumentException wrong) => wrong.Message.Split(" (Parameter", 2)[0];
}
