package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part that runs a shell command. */
record SleepingPart(
        PartName name,
        String script,
        List<Port> ports,
        Set<PartName> needs,
        Optional<String> problem,
        Duration startLimit)
        implements Part {

    static SleepingPart running(String script) {
        return new SleepingPart(
                PartName.BILLING, script, List.of(), Set.of(), Optional.of("never"), Duration.ofDays(1));
    }

    SleepingPart on(Port port) {
        return new SleepingPart(name, script, List.of(port), needs, problem, startLimit);
    }

    SleepingPart withProblem(@Nullable String problem, Duration limit) {
        return new SleepingPart(name, script, ports, needs, Optional.ofNullable(problem), limit);
    }

    @Override
    public String address() {
        return "nowhere";
    }

    @Override
    public Launch prepare() {
        return new Launch(List.of("sh", "-c", script), Map.of("GREETING", "hello"));
    }

    @Override
    public Signal stopSignal() {
        return Signal.TERM;
    }
}
