package io.triggerquery.faultinjection;

import io.triggerquery.faultinjection.oracle.Fault;
import io.triggerquery.faultinjection.oracle.Plan;
import io.triggerquery.faultinjection.oracle.Result;
import io.triggerquery.faultinjection.oracle.Run;
import io.triggerquery.faultinjection.oracle.RunCase;
import io.triggerquery.faultinjection.oracle.Situation;
import io.triggerquery.faultinjection.oracle.Strategy;
import io.triggerquery.faultinjection.world.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Measures what is lost.
 *
 * <p>Command: {@code testing/fault-injection/run LossTable}.
 */
final class LossTable {

    private static final Path TABLE = Path.of("target", "loss-table.md");

    public static void main(String[] arguments) throws Exception {
        new LossTable().measure();
        System.exit(0); // clients may have left threads
    }

    private void measure() throws Exception {
        Plan plan = new Plan(
                Integer.getInteger("fault-injection.changes", 10_000),
                Integer.getInteger("fault-injection.rate", 150),
                Integer.getInteger("fault-injection.deaths", 10),
                Duration.ofSeconds(Integer.getInteger("fault-injection.outage-seconds", 10)),
                true);
        List<Result> results = new ArrayList<>();
        try (World world = new World()) {
            for (RunCase cell : cells()) {
                Result result = Run.of(world, cell, plan);
                results.add(result);
                System.out.println(result.row());
                Files.write(TABLE, lines(results));
            }
        }
        List<String> breaches = results.stream()
                .flatMap(result -> result.breaches().stream())
                .map(String::valueOf)
                .toList();
        if (!breaches.isEmpty()) {
            throw new IllegalStateException("losses or other violations: " + String.join(", ", breaches));
        }
    }

    private static List<RunCase> cells() {
        List<Situation> situations = named("fault-injection.situations", List.of(Situation.PLAIN), Situation::of);
        List<Fault> faults = named("fault-injection.faults", List.of(Fault.values()), Fault::of);
        return named("fault-injection.strategies", Strategy.ALL, Strategy::of).stream()
                .flatMap(strategy -> situations.stream()
                        .flatMap(situation -> faults.stream().map(fault -> new RunCase(strategy, situation, fault))))
                .filter(RunCase::isApplicable)
                .toList();
    }

    private static List<String> lines(List<Result> results) {
        List<String> lines = new ArrayList<>();
        lines.add(Result.head());
        results.forEach(result -> lines.add(result.row()));
        return lines;
    }

    private static <T> List<T> named(String property, List<T> all, Function<String, T> of) {
        String names = System.getProperty(property, "");
        return names.isEmpty() ? all : Arrays.stream(names.split(",")).map(of).toList();
    }
}
