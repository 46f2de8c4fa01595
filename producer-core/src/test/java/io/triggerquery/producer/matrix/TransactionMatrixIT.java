package io.triggerquery.producer.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.matrix.Place.End;
import io.triggerquery.producer.matrix.Place.Manager;
import io.triggerquery.producer.matrix.Service.Kept;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Where {@code publish} is called, in whose transaction, on which pool, with which strategy, and how the transaction ends:
 * what is accepted is sent, and everything else is refused with a sentence. Prints the table of what came of each.
 */
class TransactionMatrixIT {

    private static final long PATIENCE_NANOS = 10_000_000_000L;

    // by place and strategy, then by end: how often which outcome, of all managers and pools
    private static final Map<String, Map<End, Map<String, Integer>>> TABLE = new TreeMap<>();

    @TempDir
    static Path directory;

    private static final Map<TestDatabase, String> BUSINESS = new EnumMap<>(TestDatabase.class);

    private static String business(TestDatabase kind) {
        return BUSINESS.computeIfAbsent(kind, one -> {
            String url = one.newUrl();
            DataSource created = new DriverManagerDataSource(url);
            one.createTable(created);
            JdbcClient.create(created)
                    .sql("create table thing (id varchar(100) primary key)")
                    .update();
            return url;
        });
    }

    @AfterAll
    static void print() {
        TABLE.forEach((cell, ends) -> System.out.println(cell + " " + ends));
    }

    static Stream<Arguments> services() {
        return TestDatabase.servers()
                .flatMap(kind -> Arrays.stream(Kept.values())
                        .flatMap(kept -> Stream.of(true, false).map(auto -> Arguments.of(kind, kept, auto))));
    }

    @ParameterizedTest(name = "{0}, {1}, auto-commit {2}")
    @MethodSource("services")
    void whatIsAcceptedIsSent(TestDatabase kind, Kept kept, boolean autoCommit) throws Exception {
        try (Service service = new Service(
                kept,
                autoCommit,
                business(kind),
                kind.newUrl(),
                directory.resolve(kind + "-" + kept + "-" + autoCommit))) {
            List<String> wrong = new ArrayList<>();
            List<String> toSend = new ArrayList<>();
            for (Cell cell : cells()) {
                String id = cell + "." + kept + "." + autoCommit;
                Attempt attempt = new Attempt(service, id, cell.place(), cell.manager(), cell.end());
                attempt.run();
                String outcome = outcome(kept, service, attempt, cell.end());
                note(kind, kept, cell, outcome);
                if (!cell.allows(kept, outcome)) {
                    wrong.add(cell + ": " + outcome + " (" + attempt.receipt + ", " + attempt.refusal + ")");
                }
                if (outcome.equals("sent") && cell.end() == End.COMMIT && service.isChanged(id)) {
                    toSend.add(id);
                }
            }
            wrong.addAll(neverSentAfterTheirChange(service, toSend));
            assertThat(wrong).isEmpty();
        }
    }

    private static List<Cell> cells() {
        return Arrays.stream(Place.values())
                .flatMap(place -> Arrays.stream(Manager.values())
                        .flatMap(manager -> Arrays.stream(End.values()).map(end -> new Cell(place, manager, end))))
                .filter(cell -> cell.place().fits(cell.manager(), cell.end()))
                .toList();
    }

    private static void note(TestDatabase kind, Kept kept, Cell cell, String outcome) {
        TABLE.computeIfAbsent(String.format("%-11s%-26s%-18s", kind, cell.place(), kept), key -> new TreeMap<>())
                .computeIfAbsent(cell.end(), key -> new TreeMap<>())
                .merge(outcome, 1, Integer::sum);
    }

    private static String outcome(Kept kept, Service service, Attempt attempt, End end) {
        if (attempt.refusal != null) {
            return String.valueOf(attempt.refusal.getMessage()).isBlank() ? "NO SENTENCE" : "refused";
        }
        if (attempt.receipt == null) {
            return "not called";
        }
        if (attempt.receipt instanceof Receipt.Rejected) {
            return "refused";
        }
        if (end != End.HALTED || attempt.outlivedTheProcess == null) {
            return service.willSend(attempt.id()) ? "sent" : "nothing";
        }
        if (kept.outlivesTheProcess) {
            return attempt.outlivedTheProcess ? "sent" : "nothing";
        }
        // by chance: the relay may have been quicker than the halt
        return "its row's window";
    }

    private static List<String> neverSentAfterTheirChange(Service service, List<String> ids) {
        List<String> left = new ArrayList<>(ids);
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (!left.isEmpty() && System.nanoTime() < giveUp) {
            left.removeIf(service::isSentAfterItsChange);
        }
        return left.stream().map(id -> id + ": not sent after its change").toList();
    }
}
