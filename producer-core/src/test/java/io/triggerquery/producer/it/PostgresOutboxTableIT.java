package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.outbox.OutboxRow;
import io.triggerquery.producer.outbox.PostgresOutboxTable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statements, one by one; a lease in the past stands for one that has run out. */
class PostgresOutboxTableIT {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration RUN_OUT = Duration.ofSeconds(-1);

    // its relay knows another destination than these tests use
    private final TestService service = TestService.start("unused", TestService.NO_POLL);
    private final PostgresOutboxTable table = new PostgresOutboxTable(service.dataSource());

    @BeforeEach
    void clear() {
        Servers.running().clearOutbox();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void claimsTheOldestOfOneDestinationUpToTheLimit() {
        insert("a", "b", "c");
        table.insert("other", "x");

        assertThat(claim(2, LEASE)).containsExactlyInAnyOrder("a", "b");
        assertThat(claim(2, LEASE)).containsExactly("c");
        assertThat(claim(2, LEASE)).isEmpty();
    }

    @Test
    void aLeaseThatHasRunOutIsClaimedAgain() {
        insert("a");

        assertThat(claim(1, RUN_OUT)).containsExactly("a");
        assertThat(claim(1, LEASE)).containsExactly("a");
    }

    @Test
    void releasedRowsAreClaimedAgainAndRowsPutOffAreNot() {
        insert("a", "b");
        List<OutboxRow> rows = table.claim("test", 2, LEASE);

        table.release(List.of(rows.get(0).rowId()));
        table.putOff(List.of(rows.get(1).rowId()), LEASE);

        assertThat(table.claim("test", 2, LEASE)).containsExactly(rows.get(0));
    }

    @Test
    void deletesOnlyTheRowsNamed() {
        insert("a", "b");
        List<OutboxRow> rows = table.claim("test", 1, RUN_OUT);

        table.delete(List.of(rows.get(0).rowId()));

        assertThat(claim(2, LEASE)).containsExactly("b");
    }

    @Test
    void countsWhatWaitsAndHowLong() {
        assertThat(table.backlog().pending()).isZero();
        assertThat(table.backlog().oldestAge()).isZero();

        insert("a", "b");
        service.age(Duration.ofHours(1));

        assertThat(table.backlog().pending()).isEqualTo(2);
        assertThat(table.backlog().oldestAge()).isBetween(Duration.ofHours(1), Duration.ofHours(2));
    }

    @Test
    void findsDestinationsThatNobodyKnows() {
        insert("a", "b");
        table.insert("other", "x");

        assertThat(table.strays(Set.of("test"))).containsExactly("other");
        assertThat(table.strays(Set.of())).containsExactlyInAnyOrder("other", "test");
        assertThat(table.strays(Set.of("test", "other"))).isEmpty();
    }

    private void insert(String... ids) {
        for (String id : ids) {
            table.insert("test", id);
        }
    }

    private List<String> claim(int limit, Duration lease) {
        return table.claim("test", limit, lease).stream().map(OutboxRow::id).toList();
    }
}
