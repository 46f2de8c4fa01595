package io.triggerquery.consumer.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.sql.DataSource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Checks that the table of a record fails the start. */
final class RefusedTable {

    private RefusedTable() {}

    /** Checks that the table of a record is refused with a message that has the record's name and these texts. */
    static void check(Class<?> type, DataSource dataSource, String... said) {
        assertThatThrownBy(() -> TableProjection.of(type, dataSource).checkTable())
                .isInstanceOfSatisfying(
                        FailureAnalyzedException.class,
                        failure -> assertThat(failure.analysis().getDescription() + " "
                                        + failure.analysis().getAction())
                                .contains(type.getName())
                                .contains(said));
    }
}
