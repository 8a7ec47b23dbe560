namespace Tidemark.Quant.Patterns;

/// <summary>The rule a fact was found by, so that it can be explained and found again.</summary>
/// <param name="Name">Name of the rule and its variant.</param>
/// <param name="Parameters">The parameters in force, as "name=value" separated by blanks.</param>
public sealed record PatternRule(string Name, string Parameters);
