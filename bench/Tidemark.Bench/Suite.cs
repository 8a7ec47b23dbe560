namespace Tidemark.Bench;

/// <summary>Measurements that belong together, run by their name.</summary>
sealed record Suite(string Name, Func<IReadOnlyList<Measurement>> Measure);
