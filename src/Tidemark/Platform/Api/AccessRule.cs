namespace Tidemark.Platform.Api;

/// <summary>Who may use an address; declared where the route is, held by the gate, listed in the API's description.</summary>
public sealed record AccessRule(string Name, Func<Caller, bool> Allows)
{
    /// <summary>Lets the caller through or tells why not.</summary>
    public void Hold(Caller caller)
    {
        if (!Allows(caller))
        {
            throw Refusal(caller);
        }
    }

    TidemarkException Refusal(Caller caller) => caller switch
    {
        { IsSignedIn: false } or { Id: null, IsOperator: true } => new(ErrorCode.SignInRequired),
        { LacksSecondFactor: true } when Allows(caller with { IsOperator = true }) || Allows(caller with { IsOperator = true, IsFresh = true }) => new(ErrorCode.AdminNeedsSecondFactor),
        { IsInPerson: true, IsFresh: false } when Allows(caller with { IsFresh = true }) => new(ErrorCode.ConfirmationRequired),
        { Credential: Credential.ApiKey } when Allows(caller with { Credential = Credential.Session, IsFresh = true }) => new(ErrorCode.Forbidden, "An API key may not do this; sign in and do it yourself."),
        _ => new(ErrorCode.Forbidden),
    };
}

/// <summary>The scope an API key needs to use an address. Where none is declared, no API key may use it.</summary>
public sealed record RequiredScope(string Name)
{
    /// <summary>Lets a key through that was made for this: never where nothing is declared, unless anyone may come.</summary>
    public static void Hold(RequiredScope? scope, AccessRule rule, Caller key)
    {
        if (scope is null && rule != Caller.Anyone)
        {
            throw new TidemarkException(ErrorCode.Forbidden, "An API key may not do this; sign in and do it yourself.");
        }
        if (scope is not null && key.Scopes?.Contains(scope.Name) != true)
        {
            throw new TidemarkException(ErrorCode.ScopeMissing, $"This key lacks the scope {scope.Name}.", new Dictionary<string, object?> { ["scope"] = scope.Name, ["scopes"] = key.Scopes });
        }
    }
}

/// <summary>Marks an address that takes passwords or answers secrets: nothing of it is kept for repeats.</summary>
public sealed class HandlesSecrets;

/// <summary>Marks an address where people prove who they are: whatever they were before does not count there.</summary>
public sealed class IgnoresCredential;

public static class AccessDeclaration
{
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(rule);

    /// <summary>The rule, and the scope with which an API key may come too.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, AccessRule rule, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(rule, new RequiredScope(scope));

    public static TBuilder HandlesSecrets<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new HandlesSecrets());

    public static TBuilder IgnoresCredential<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new IgnoresCredential());
}
