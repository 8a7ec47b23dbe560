using Tidemark.Platform;

namespace Tidemark.Simulation;

/// <summary>The simulated exchange on the command line.</summary>
public static class SimulationModule
{
    public static void AddSimulation(this ModuleBuilder module) => module.Command(SimulateCommand.Build);
}
