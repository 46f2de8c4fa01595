package io.triggerquery.consumer.projection;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.database.NamedDatabase;
import io.triggerquery.consumer.projection.Candidate.Absent;
import io.triggerquery.consumer.projection.Candidate.Found;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Arguments that are rejected without a call of the database. */
class ProjectionGuardTest {

    private final NamedDatabase oracle = new NamedDatabase("Oracle", "23.1");
    private final ProjectionGuard guard = new ProjectionGuard(oracle.dataSource());

    @Test
    void unknownDatabase() {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(oracle.dataSource()));

        assertThatThrownBy(() -> transaction.execute(status -> guard.admit("things", "a", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PostgreSQL, MySQL 8.0 or later, MariaDB 10.6 or later, and H2")
                .hasMessageContaining("Oracle 23.1")
                .hasMessageContaining("version <= :version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u2028", "a\uD83D", "a\u0000"})
    void emptyId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard.admit("things", id, 1))
                .withMessageContaining("An id has 1 to 256 bytes of UTF-8");
        assertThatIllegalArgumentException().isThrownBy(() -> new Absent(id, OptionalLong.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard.admit(id, "a", 1))
                .withMessageContaining("A projection's name has 1 to 256 ASCII characters");
    }

    @Test
    void tooLongId() {
        new Found("x".repeat(256), 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Found("x".repeat(257), 0))
                .withMessageContaining("this one has 257");
    }

    @Test
    void negativeVersion() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard.admit("things", "a", -1))
                .withMessageContaining("The version of a is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard.admitAbsent("things", "a", OptionalLong.of(-1)))
                .withMessageContaining("The version of a is -1");
    }

    @Test
    void pageSizeOutOfBounds() {
        for (int limit : List.of(0, 10_001)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guard.idsAfter("things", "", limit))
                    .withMessageContaining("The limit is " + limit);
        }
    }

    @Test
    void tooShortPurgeAge() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard.purgeTombstones("things", Duration.ofSeconds(59)))
                .withMessageContaining("The age is PT59S");
    }
}
