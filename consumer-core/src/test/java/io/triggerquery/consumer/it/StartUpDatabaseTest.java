package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.it.StartUp.Thing;
import io.triggerquery.consumer.it.StartUp.Things;
import io.triggerquery.consumer.projection.EndedTransactions;
import io.triggerquery.consumer.projection.ProjectionGuard;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** A guard used by a listener must have its table at the start; the error names the script. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpDatabaseTest {

    private static final String MIGRATION =
            "spring.sql.init.schema-locations=" + "classpath:db/triggerquery-h2/R__trigger_projection.sql";

    static class Guarded {

        private final ProjectionGuard guard;

        Guarded(ProjectionGuard guard) {
            this.guard = guard;
        }

        @TriggerQueryListener(topics = "things", source = Things.class)
        @Transactional
        public void project(Thing thing) {
            guard.admit("things", thing.id(), 1);
        }
    }

    static class Unguarded {

        @TriggerQueryListener(topics = "things", source = Things.class)
        public void project(Thing thing) {}
    }

    private static StartUp withDatabase(Class<?>... beans) {
        return StartUp.of(beans).with("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());
    }

    @Test
    void missingTableFailsStartWithItsScript(CapturedOutput output) {
        assertThat(withDatabase(Guarded.class).fails(output))
                .contains("The ProjectionGuard bean 'projectionGuard' cannot be used: The table trigger_projection")
                .contains(
                        "Add classpath:db/triggerquery-h2 to spring.flyway.locations, or run R__trigger_projection.sql");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tableIsCheckedAfterDatabaseMigration(boolean lazy) {
        assertThat(withDatabase(Guarded.class)
                        .with(MIGRATION, "spring.main.lazy-initialization=" + lazy)
                        .listeners())
                .containsExactly("things");
    }

    @Test
    void unusedGuardNeedsNoTable() {
        assertThat(withDatabase(Unguarded.class).listeners()).containsExactly("things");
    }

    @Test
    void unavailableDatabaseDoesNotFailStart(CapturedOutput output) {
        assertThat(StartUp.of(Guarded.class)
                        .with(
                                "spring.datasource.url=jdbc:postgresql://127.0.0.1:9/none?password=s3cr3t",
                                "spring.datasource.password=s3cr3t")
                        .listeners())
                .containsExactly("things");
        assertThat(output)
                .contains("The table of the ProjectionGuard 'projectionGuard' could not be checked")
                .doesNotContain("s3cr3t");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnGuard {

        @Bean
        DataSource one() {
            return new DriverManagerDataSource("jdbc:h2:mem:one");
        }

        @Bean
        DataSource two() {
            return new DriverManagerDataSource("jdbc:h2:mem:two");
        }

        @Bean
        ProjectionGuard ownGuard(DataSource one) {
            return new ProjectionGuard(one);
        }

        @Bean
        JdbcTransactionManager manager(DataSource one) {
            return new JdbcTransactionManager(one);
        }
    }

    @Test
    void applicationGuardIsCheckedToo(CapturedOutput output) {
        assertThat(StartUp.of(OwnGuard.class, Guarded.class).fails(output))
                .contains("The ProjectionGuard bean 'ownGuard' cannot be used");
    }

    @Test
    void everyTransactionManagerReportsEndOfTransactions() {
        try (var application = StartUp.of(OwnGuard.class, Unguarded.class).run()) {
            assertThat(application.getBean(JdbcTransactionManager.class).getTransactionExecutionListeners())
                    .contains(EndedTransactions.LISTENER);
        }
        try (var application = withDatabase(Unguarded.class).run()) {
            assertThat(application.getBean(JdbcTransactionManager.class).getTransactionExecutionListeners())
                    .contains(EndedTransactions.LISTENER);
        }
    }
}
