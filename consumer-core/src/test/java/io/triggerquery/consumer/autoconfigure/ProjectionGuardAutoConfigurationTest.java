package io.triggerquery.consumer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.projection.ProjectionGuard;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.annotation.Transactional;

class ProjectionGuardAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ProjectionGuardAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class));

    static class Handler {

        private final ProjectionGuard guard;

        Handler(ProjectionGuard guard) {
            this.guard = guard;
        }

        @Transactional
        void project(String id, long version) {
            assertThat(guard.admit("things", id, version)).isTrue();
            if (version == 13) {
                throw new IllegalStateException("the state can't be written");
            }
        }

        void projectWithoutTransaction(String id, long version) {
            guard.admit("things", id, version);
        }
    }

    @Test
    void guardJoinsTransactionOfTheHandler() {
        DataSource database = new DriverManagerDataSource("jdbc:h2:mem:joined;DB_CLOSE_DELAY=-1");
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(new ClassPathResource("db/triggerquery-h2/R__trigger_projection.sql")),
                database);
        runner.withBean(DataSource.class, () -> database)
                .withBean(Handler.class)
                .run(context -> {
                    Handler handler = context.getBean(Handler.class);

                    handler.project("a", 5);
                    assertThatThrownBy(() -> handler.project("b", 13)).hasMessage("the state can't be written");
                    assertThatThrownBy(() -> handler.projectWithoutTransaction("c", 1))
                            .isInstanceOf(IllegalTransactionStateException.class);

                    assertThat(context.getBean(ProjectionGuard.class).versions("things", List.of("a", "b", "c")))
                            .isEqualTo(Map.of("a", 5L));
                });
    }

    @Test
    void unavailableDatabaseDoesNotFailStart() {
        runner.withBean(DataSource.class, () -> new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:9/none"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ProjectionGuard.class));
    }

    @Test
    void noGuardWithoutSpringJdbc() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ProjectionGuard.class));
    }

    @Test
    void noGuardWithoutDatabase() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ProjectionGuardAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ProjectionGuard.class));
    }

    @Test
    void applicationChoosesAmongSeveralDatabases() {
        runner.withBean("one", DataSource.class, DriverManagerDataSource::new)
                .withBean("two", DataSource.class, DriverManagerDataSource::new)
                .run(context -> assertThat(context).doesNotHaveBean(ProjectionGuard.class));
    }

    @Test
    void backsOffIfApplicationDefinesAGuard() {
        ProjectionGuard own = new ProjectionGuard(new DriverManagerDataSource());

        runner.withBean(ProjectionGuard.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(ProjectionGuard.class)).isSameAs(own));
    }
}
