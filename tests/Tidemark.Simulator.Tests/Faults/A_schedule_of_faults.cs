namespace Tidemark.Simulator.Faults;

public sealed class A_schedule_of_faults
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Is_the_same_for_the_same_seed_and_holds_every_kind()
    {
        var schedule = FaultSchedule.Seeded(3, Hour);

        schedule.ShouldBe(FaultSchedule.Seeded(3, Hour));
        schedule.ShouldNotBe(FaultSchedule.Seeded(4, Hour));
        schedule.Select(item => item.Fault.Kind).Distinct().Count().ShouldBe(FaultSchedule.Kinds.Count);
        schedule.ShouldAllBe(item => item.At >= TimeSpan.Zero && item.At < Hour);
        schedule.Select(item => item.At).ShouldBeInOrder();
    }

    [Fact]
    public void Begins_each_fault_at_its_time_and_ends_it()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        var board = new FaultBoard(new MarketClock(time, DateTimeOffset.UnixEpoch, speed: 60), seed: 1);
        board.Follow([new(TimeSpan.FromMinutes(10), new Fault(FaultKind.Stall) { Lasts = TimeSpan.FromMinutes(5) })]);

        board.Strikes(FaultKind.Stall, "anywhere").ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(10));
        board.Strikes(FaultKind.Stall, "anywhere").ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(5));
        board.Strikes(FaultKind.Stall, "anywhere").ShouldBeFalse();
    }

    [Fact]
    public void Chances_fall_the_same_way_for_the_same_seed()
    {
        Fates(1).ShouldBe(Fates(1));
        Fates(1).ShouldNotBe(Fates(2));
        Fates(1).Count(struck => struck).ShouldBeInRange(60, 140);
    }

    static List<bool> Fates(ulong seed)
    {
        var board = new FaultBoard(new MarketClock(new ManualTime(DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch), seed);
        board.Inject(new(FaultKind.Gap) { Chance = 0.5 });
        return [.. Enumerable.Range(0, 200).Select(_ => board.Strikes(FaultKind.Gap, "anywhere"))];
    }
}
