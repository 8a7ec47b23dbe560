using System.Text.Json;

namespace Tidemark.Platform.Api;

/// <summary>Answers faults that the framework's validation found as an error of our list, field by field.</summary>
sealed class ValidationAnswers : IProblemDetailsService
{
    public ValueTask<bool> TryWriteAsync(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is not HttpValidationProblemDetails problem)
        {
            return ValueTask.FromResult(false);
        }
        var fields = problem.Errors.ToDictionary(pair => FieldName(pair.Key), pair => (object?)pair.Value, StringComparer.Ordinal);
        throw new TidemarkException(
            ErrorCode.ValidationFailed,
            fields.Count == 1 ? $"{fields.Keys.First()} is not acceptable." : $"{fields.Count} fields are not acceptable: {string.Join(", ", fields.Keys)}.",
            new Dictionary<string, object?> { ["fields"] = fields });
    }

    public ValueTask WriteAsync(ProblemDetailsContext context) => throw new NotSupportedException("Only validation answers with problem details, through TryWriteAsync.");

    /// <summary>`Page.Title` as the JSON says it: `page.title`.</summary>
    static string FieldName(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
