namespace Tidemark.Platform.Api;

/// <summary>What an address takes and answers, shown in the API's description with real values.</summary>
public sealed record EndpointExample(object? Answer, object? Request);

public static class ExampleDeclaration
{
    public static TBuilder Shows<TBuilder>(this TBuilder endpoint, object answer, object? request = null)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new EndpointExample(answer, request));
}
