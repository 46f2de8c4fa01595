package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests the statements one by one. A negative lease has expired at once. */
@ParameterizedClass
@MethodSource("io.triggerquery.producer.TestDatabase#all")
class TriggerTableIT {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration EXPIRED = Duration.ofSeconds(-1);

    private final TestDatabase kind;
    private final DataSource database;
    private final JdbcClient jdbc;
    private final TriggerTable table;

    TriggerTableIT(TestDatabase kind) {
        this.kind = kind;
        this.database = kind.cleared();
        this.jdbc = JdbcClient.create(database);
        this.table = new TriggerTable(database, Application.UNNAMED);
    }

    @Test
    void claimsOldestRowsOfOneDestinationUpToTheLimit() {
        insert("a", "b", "c");
        table.insert(OutgoingTrigger.of("other", "x"));

        assertThat(claim(2, LEASE)).containsExactlyInAnyOrder("a", "b");
        assertThat(claim(2, LEASE)).containsExactly("c");
        assertThat(claim(2, LEASE)).isEmpty();
    }

    @Test
    void rowWithExpiredLeaseIsClaimedAgain() {
        insert("a");

        assertThat(claim(1, EXPIRED)).containsExactly("a");
        assertThat(claim(1, LEASE)).containsExactly("a");
    }

    @Test
    void releasedRowsAreClaimedAgainButPostponedRowsAreNot() {
        insert("a", "b");
        List<Claimed> rows = table.claim("test", 2, LEASE);

        table.release(List.of(rows.get(0)));
        table.postpone(List.of(rows.get(1)), LEASE);

        assertThat(table.claim("test", 2, LEASE)).containsExactly(rows.get(0));
    }

    @Test
    void deletesOnlySentRows() {
        insert("a", "b");
        List<Claimed> rows = table.claim("test", 1, EXPIRED);

        table.done(List.of(rows.get(0)));

        assertThat(claim(2, LEASE)).containsExactly("b");
    }

    @Test
    void failedSendsAreCountedAsAttempts() {
        insert("a");
        table.postpone(table.claim("test", 1, LEASE), EXPIRED);

        assertThat(table.claim("test", 1, LEASE)).extracting(Claimed::attempts).containsExactly(1);
    }

    @Test
    void parkedRowsWaitForAnOperator() {
        insert("a", "b");
        table.park(table.claim("test", 1, LEASE), "too large");

        assertThat(claim(2, LEASE)).containsExactly("b");
        assertThat(table.backlog().parked()).isEqualTo(1);
        assertThat(table.backlog().pending()).isEqualTo(1);
        assertThat(table.list(1)).singleElement().satisfies(waiting -> {
            assertThat(waiting.trigger().id()).isEqualTo("a");
            assertThat(waiting.parked()).isEqualTo("too large");
        });
        assertThat(table.retry("test", null)).isEqualTo(1);
        assertThat(claim(2, LEASE)).containsExactly("b");
        assertThat(table.unpark("test", "b")).isZero();
        assertThat(table.unpark("test", "a")).isEqualTo(1);
        assertThat(claim(2, LEASE)).containsExactly("a");
    }

    @Test
    void keepsTheVersion() {
        table.insert(new OutgoingTrigger("test", "a", 7L));

        assertThat(table.claim("test", 1, LEASE))
                .extracting(Claimed::trigger)
                .containsExactly(new OutgoingTrigger("test", "a", 7L));
    }

    @Test
    void countsWaitingRowsAndTheirAge() {
        assertThat(table.backlog().pending()).isZero();
        assertThat(table.backlog().oldestAge()).isZero();

        insert("a", "b");
        jdbc.sql("update trigger_outbox set created_at = " + kind.earlier("created_at", 3_600))
                .update();

        assertThat(table.backlog().pending()).isEqualTo(2);
        assertThat(table.backlog().oldestAge()).isBetween(Duration.ofHours(1), Duration.ofHours(2));
    }

    @Test
    void findsUnconfiguredDestinations() {
        insert("a", "b");
        table.insert(OutgoingTrigger.of("other", "x"));

        assertThat(table.countUnconfigured(Set.of("test"))).isEqualTo(Map.of("other", 1L));
        assertThat(table.countUnconfigured(Set.of())).isEqualTo(Map.of("other", 1L, "test", 2L));
        assertThat(table.countUnconfigured(Set.of("test", "other"))).isEmpty();
    }

    @Test
    void ignoresRowsOfAnotherApplication() {
        TriggerTable others = new TriggerTable(database, new Application("other"));
        insert("a");
        table.park(table.claim("test", 1, LEASE), "too large");
        insert("b");
        table.postpone(table.claim("test", 1, LEASE), LEASE);

        assertThat(others.countUnconfigured(Set.of())).isEmpty();
        assertThat(others.backlog()).isEqualTo(new Backlog(0, Duration.ZERO, 0));
        assertThat(others.list(10)).isEmpty();
        assertThat(others.retry("test", null)).isZero();
        assertThat(others.unpark("test", null)).isZero();
        assertThat(others.claim("test", 10, LEASE)).isEmpty();
    }

    @Test
    void namesAreCaseSensitive() {
        TriggerTable others = new TriggerTable(database, new Application("OTHER"));
        new TriggerTable(database, new Application("other")).insert(OutgoingTrigger.of("test", "a"));
        table.insert(OutgoingTrigger.of("TEST", "a"));
        insert("a", "A");
        table.park(table.claim("test", 2, LEASE), "too large");

        assertThat(claim(10, LEASE)).isEmpty();
        assertThat(others.claim("test", 10, LEASE)).isEmpty();
        assertThat(table.unpark("test", "A")).isEqualTo(1);
        assertThat(claim(10, LEASE)).containsExactly("A");
    }

    @Test
    void operatorCanChangeMoreRowsThanOneStatementCan() {
        table.insert(OutgoingTrigger.of("test", "parked"));
        table.park(table.claim("test", 1, LEASE), "too large");
        int rows = 1_050;
        for (int n = 0; n < rows; n++) {
            insert("p-" + n);
        }
        List<Claimed> claimed = table.claim("test", rows + 1, LEASE);
        assertThat(claimed).hasSize(rows);

        assertThat(table.retry("test", null)).isEqualTo(rows);
        assertThat(claim(rows + 1, LEASE)).hasSize(rows);
        table.done(claimed);
        assertThat(table.backlog()).isEqualTo(new Backlog(0, Duration.ZERO, 1));
    }

    private void insert(String... ids) {
        for (String id : ids) {
            table.insert(OutgoingTrigger.of("test", id));
        }
    }

    private List<String> claim(int limit, Duration lease) {
        return table.claim("test", limit, lease).stream()
                .map(row -> row.trigger().id())
                .toList();
    }
}
