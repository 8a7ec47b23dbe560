namespace Tidemark.Platform.Api;

/// <summary>What a person may do on the platform, apart from what the plan opens.</summary>
public enum Role
{
    User,
    Provider,
    Admin,
}

/// <summary>What a person pays for.</summary>
public enum Plan
{
    Free,
    Pro,
    Premium,
}

/// <summary>What a caller proved his identity with.</summary>
public enum Credential
{
    None,

    /// <summary>The cookie of a browser's session.</summary>
    Session,

    /// <summary>A signed access token of a program's session.</summary>
    Token,

    /// <summary>A key that a person made for a program.</summary>
    ApiKey,
}
