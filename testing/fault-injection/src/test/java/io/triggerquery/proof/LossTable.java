package io.triggerquery.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.proof.oracle.Cell;
import io.triggerquery.proof.oracle.Fault;
import io.triggerquery.proof.oracle.Plan;
import io.triggerquery.proof.oracle.Result;
import io.triggerquery.proof.oracle.Run;
import io.triggerquery.proof.oracle.Situation;
import io.triggerquery.proof.oracle.Strategy;
import io.triggerquery.proof.world.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Measures lost triggers. Not part of the build:
 *
 * <pre>mvn -pl :fault-injection -am package -Dtest=LossTable -Dsurefire.failIfNoSpecifiedTests=false -Dproof.changes=10000
 *   -Dproof.strategies=outbox -Dproof.situations=plain,two-instances -Dproof.faults=kill,broker-away</pre>
 */
class LossTable {

    private static final Path TABLE = Path.of("target", "loss-table.md");

    @Test
    void whatIsLostIsReportedOrAdmitted() throws Exception {
        Plan plan = new Plan(
                Integer.getInteger("proof.changes", 10_000),
                Integer.getInteger("proof.rate", 150),
                Integer.getInteger("proof.deaths", 10),
                Duration.ofSeconds(Integer.getInteger("proof.outage-seconds", 10)),
                true);
        List<Result> results = new ArrayList<>();
        try (World world = new World()) {
            for (Cell cell : cells()) {
                Result result = Run.of(world, cell, plan);
                results.add(result);
                System.out.println(result.row());
                Files.write(TABLE, lines(results));
            }
        }
        assertThat(results).allSatisfy(result -> assertThat(result.breaches()).isEmpty());
    }

    private static List<Cell> cells() {
        List<Situation> situations = named("proof.situations", List.of(Situation.PLAIN), Situation::of);
        List<Fault> faults = named("proof.faults", List.of(Fault.values()), Fault::of);
        return named("proof.strategies", Strategy.ALL, Strategy::of).stream()
                .flatMap(strategy -> situations.stream()
                        .flatMap(situation -> faults.stream().map(fault -> new Cell(strategy, situation, fault))))
                .filter(Cell::hasMeaning)
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
