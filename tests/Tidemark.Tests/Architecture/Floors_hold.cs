using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Tidemark.Architecture;

/// <summary>Which module may use which, read from the compiled program: signatures, fields, attributes and method bodies.</summary>
public sealed class Floors_hold
{
    static readonly Dictionary<string, int> Floor = new(StringComparer.Ordinal)
    {
        ["Quant"] = 0,
        ["Simulator"] = 0,
        ["Platform"] = 0,
        ["Simulation"] = 1,
        ["Accounts"] = 1,
        ["Access"] = 1,
        ["Market"] = 2,
        ["Notifications"] = 2,
        ["Patterns"] = 3,
        ["Alerts"] = 3,
        ["Portfolios"] = 3,
        ["Signals"] = 4,
        ["Backtests"] = 4,
        ["Trading"] = 5,
        ["Marketplace"] = 5,
        ["Billing"] = 5,
        ["Research"] = 6,
        ["Community"] = 6,
        ["Onboarding"] = 6,
        ["Operations"] = 7,
    };

    [Fact]
    public void No_module_uses_one_above_it()
    {
        var pairs = Uses(typeof(Program).Assembly.GetTypes())
            .Where(use => Floor[use.From] < Floor[use.To])
            .Select(use => $"{use.From} (floor {Floor[use.From]}) uses {use.To} (floor {Floor[use.To]}): {use.User} -> {use.Used}");

        pairs.ShouldBeEmpty();
    }

    [Fact]
    public void Every_module_stands_on_a_floor() =>
        typeof(Program).Assembly.GetTypes().Select(Module).OfType<string>().Distinct().Where(module => !Floor.ContainsKey(module)).ShouldBeEmpty();

    [Fact]
    public void The_ground_floor_knows_nothing_of_the_world()
    {
        var forbidden = new[] { "Microsoft.", "Npgsql", "System.Net", "System.Data", "Quartz", "Tidemark" };
        var quant = Assembly.Load("Tidemark.Quant").GetReferencedAssemblies().Select(name => name.Name!);

        quant.Where(name => forbidden.Any(start => name.StartsWith(start, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void A_use_inside_a_method_is_seen() =>
        References(typeof(Upward)).ShouldContain(typeof(Operations.StatusReader));

    static class Upward
    {
        public static object Look() => typeof(Operations.StatusReader).GetMethods().Length + nameof(Operations.StatusReader.Read);
    }

    sealed record Use(string From, string To, string User, string Used);

    static IEnumerable<Use> Uses(Type[] types) =>
        from type in types
        let own = Module(type)
        where own is not null
        from used in References(type)
        let other = Module(used)
        where other is not null && other != own
        select new Use(own, other, type.FullName!, used.FullName!);

    /// <summary>`Tidemark.Alerts.AlertBook` is of the module Alerts; what stands in no module (Program) is of none.</summary>
    static string? Module(Type type) =>
        type.Namespace?.Split('.') is ["Tidemark", var module, ..] ? module : null;

    static HashSet<Type> References(Type type)
    {
        const BindingFlags own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var found = new HashSet<Type>();
        Add(type.BaseType);
        foreach (var contract in type.GetInterfaces())
        {
            Add(contract);
        }
        foreach (var field in type.GetFields(own))
        {
            Add(field.FieldType);
        }
        foreach (var method in type.GetMethods(own).Cast<MethodBase>().Concat(type.GetConstructors(own)))
        {
            foreach (var parameter in method.GetParameters())
            {
                Add(parameter.ParameterType);
            }
            Add((method as MethodInfo)?.ReturnType);
            foreach (var used in InBody(method))
            {
                Add(used);
            }
        }
        found.RemoveWhere(used => used.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));
        return found;

        void Add(Type? used)
        {
            if (used is null || used.IsGenericParameter)
            {
                return;
            }
            if (used.HasElementType)
            {
                Add(used.GetElementType());
                return;
            }
            if (found.Add(used.IsGenericType ? used.GetGenericTypeDefinition() : used))
            {
                foreach (var argument in used.GetGenericArguments())
                {
                    Add(argument);
                }
            }
        }
    }

    static readonly Dictionary<short, OpCode> OpCodeOf = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    static IEnumerable<Type> InBody(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } body)
        {
            yield break;
        }
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < body.Length;)
        {
            short value = body[at] == 0xfe ? (short)(0xfe00 | body[at + 1]) : body[at];
            var code = OpCodeOf[value];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineField or OperandType.InlineTok)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(body, at), typeArguments, methodArguments);
                if ((member as Type ?? member?.DeclaringType) is { } used)
                {
                    yield return used;
                }
            }
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
                _ => 4,
            };
        }
    }
}
