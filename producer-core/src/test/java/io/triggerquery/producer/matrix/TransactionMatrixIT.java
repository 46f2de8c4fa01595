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
 * Tests every combination of the place of the {@code publish} call, the transaction manager, the pool, the strategy and the
 * end of the transaction. Each accepted trigger is sent, and every other call is refused with a message. Prints a table of
 * the outcomes.
 */
class TransactionMatrixIT {

    private static final long TIMEOUT_NANOS = 10_000_000_000L;

    // by place and strategy, then by end: the number of each outcome over all managers and pools
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
        TABLE.forEach((row, ends) -> System.out.println(row + " " + ends));
    }

    static Stream<Arguments> services() {
        return TestDatabase.servers()
                .flatMap(kind -> Arrays.stream(Kept.values())
                        .flatMap(kept -> Stream.of(true, false).map(auto -> Arguments.of(kind, kept, auto))));
    }

    @ParameterizedTest(name = "{0}, {1}, auto-commit {2}")
    @MethodSource("services")
    void acceptedTriggersAreSent(TestDatabase kind, Kept kept, boolean autoCommit) throws Exception {
        try (Service service = new Service(
                kept,
                autoCommit,
                business(kind),
                kind.newUrl(),
                directory.resolve(kind + "-" + kept + "-" + autoCommit))) {
            List<String> wrong = new ArrayList<>();
            List<String> toSend = new ArrayList<>();
            for (TransactionCase testCase : cases()) {
                String id = testCase + "." + kept + "." + autoCommit;
                Attempt attempt = new Attempt(service, id, testCase.place(), testCase.manager(), testCase.end());
                attempt.run();
                String outcome = outcome(kept, service, attempt, testCase.end());
                note(kind, kept, testCase, outcome);
                if (!testCase.allows(kept, outcome)) {
                    wrong.add(testCase + ": " + outcome + " (" + attempt.receipt + ", " + attempt.refusal + ")");
                }
                if (outcome.equals("sent") && testCase.end() == End.COMMIT && service.isChanged(id)) {
                    toSend.add(id);
                }
            }
            wrong.addAll(notSentAfterTheirChange(service, toSend));
            assertThat(wrong).isEmpty();
        }
    }

    private static List<TransactionCase> cases() {
        return Arrays.stream(Place.values())
                .flatMap(place -> Arrays.stream(Manager.values())
                        .flatMap(manager ->
                                Arrays.stream(End.values()).map(end -> new TransactionCase(place, manager, end))))
                .filter(testCase -> testCase.place().fits(testCase.manager(), testCase.end()))
                .toList();
    }

    private static void note(TestDatabase kind, Kept kept, TransactionCase testCase, String outcome) {
        TABLE.computeIfAbsent(String.format("%-11s%-26s%-18s", kind, testCase.place(), kept), key -> new TreeMap<>())
                .computeIfAbsent(testCase.end(), key -> new TreeMap<>())
                .merge(outcome, 1, Integer::sum);
    }

    private static String outcome(Kept kept, Service service, Attempt attempt, End end) {
        if (attempt.refusal != null) {
            return String.valueOf(attempt.refusal.getMessage()).isBlank() ? "NO MESSAGE" : "refused";
        }
        if (attempt.receipt == null) {
            return "not called";
        }
        if (attempt.receipt instanceof Receipt.Rejected) {
            return "refused";
        }
        if (end != End.HALTED || attempt.survivedTheProcess == null) {
            return service.willSend(attempt.id()) ? "sent" : "nothing";
        }
        if (kept.survivesTheProcess) {
            return attempt.survivedTheProcess ? "sent" : "nothing";
        }
        // depends on whether the relay was quicker than the halt
        return "possibly lost";
    }

    private static List<String> notSentAfterTheirChange(Service service, List<String> ids) {
        List<String> left = new ArrayList<>(ids);
        long giveUp = System.nanoTime() + TIMEOUT_NANOS;
        while (!left.isEmpty() && System.nanoTime() < giveUp) {
            left.removeIf(service::isSentAfterItsChange);
        }
        return left.stream().map(id -> id + ": not sent after its change").toList();
    }
}
