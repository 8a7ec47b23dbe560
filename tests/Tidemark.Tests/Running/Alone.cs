namespace Tidemark.Running;

/// <summary>Tests of what the clock on the wall says: they run one by one, after all others.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
