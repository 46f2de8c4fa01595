package io.triggerquery.consumer.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.internal.resync.Resyncs;
import io.triggerquery.consumer.projection.ProjectionChangeListener;
import io.triggerquery.consumer.projection.TableProjection;
import io.triggerquery.consumer.records.app.Starting;
import io.triggerquery.consumer.records.good.Thing;
import io.triggerquery.consumer.records.placeholder.Placed;
import io.triggerquery.consumer.records.unused.Unused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A record with both annotations is a listener, or fails the start with the reason. */
class ProjectionStartUpTest {

    private static final String GOOD = "io.triggerquery.consumer.records.good";

    @AutoConfigurationPackage(basePackages = GOOD)
    static class Good {}

    @AutoConfigurationPackage(basePackages = "io.triggerquery.consumer.records.placeholder")
    static class WithPlaceholder {}

    @AutoConfigurationPackage(basePackages = "io.triggerquery.consumer.records.bare")
    static class Bare {}

    @AutoConfigurationPackage(basePackages = "io.triggerquery.consumer.records.unused")
    static class WithUnused {}

    static class User {
        User(TableProjection<Unused> table) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Declared {
        @Bean
        TableProjection<Thing> things(DataSource dataSource) {
            return TableProjection.of(Thing.class, dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {
        final List<ProjectionChangeListener.Change<Thing>> changes = new ArrayList<>();

        @Bean
        ProjectionChangeListener<Thing> onward() {
            return changes::addAll;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherListener {
        @Bean
        ProjectionChangeListener<String> onward() {
            return changes -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {
        @Bean
        DataSource one() {
            return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID());
        }

        @Bean
        DataSource other() {
            return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoManagers {
        @Bean
        JdbcTransactionManager one(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JdbcTransactionManager other(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    private static List<String> listeners(ConfigurableApplicationContext application) {
        return application.getBean(TriggerListeners.class).operations().stream()
                .map(ListenerOperations::id)
                .toList();
    }

    @Test
    void scannedRecordIsAListenerWithItsOwnVersions() throws Exception {
        try (var application = Starting.listening(Good.class).run()) {
            assertThat(listeners(application)).containsExactly("things");
            TableProjection<Thing> table = application.getBean(TableProjection.class);
            table.apply(List.of(Snapshot.found("a", new Thing("a", 7, "one"))));
            assertThat(application
                            .getBean(Resyncs.class)
                            .projectedVersions("things")
                            .orElseThrow()
                            .versions(List.of("a", "b")))
                    .containsOnly(Map.entry("a", 7L));
        }
    }

    @Test
    void namesMayHavePlaceholders() {
        try (var application = Starting.listening(WithPlaceholder.class)
                .with("the.table=thing")
                .run()) {
            TableProjection<Placed> table = application.getBean(TableProjection.class);
            table.apply(List.of(Snapshot.found("a", new Placed("a", 7, "one"))));
            assertThat(table.versions(List.of("a"))).containsEntry("a", 7L);
        }
        assertThat(Starting.listening(WithPlaceholder.class).fails()).contains("'${the.table}'", "placeholder");
    }

    @Test
    void recordIsAListenerEvenIfBeansAreLazy() {
        try (var application = Starting.listening(Good.class)
                .with("spring.main.lazy-initialization=true")
                .run()) {
            assertThat(listeners(application)).containsExactly("things");
        }
    }

    @Test
    void declaredBeanIsUsedWithAndWithoutScanning() {
        try (var application = Starting.listening(Declared.class).run()) {
            assertThat(listeners(application)).containsExactly("things");
        }
        try (var application = Starting.listening(Declared.class, Good.class).run()) {
            assertThat(listeners(application)).containsExactly("things");
            assertThat(application.getBeanNamesForType(TableProjection.class)).containsExactly("things");
        }
    }

    @Test
    void changeListenerIsCalled() {
        try (var application = Starting.listening(Good.class, Listening.class).run()) {
            TableProjection<Thing> table = application.getBean(TableProjection.class);
            var thing = new Thing("a", 7, "one");
            table.apply(List.of(Snapshot.found("a", thing)));
            assertThat(application.getBean(Listening.class).changes)
                    .containsExactly(new ProjectionChangeListener.Change<>("a", null, thing));
        }
        assertThat(Starting.listening(Good.class, OtherListener.class).fails())
                .contains("The ProjectionChangeListener 'onward' is for no projection");
    }

    @Test
    void missingPartsAreNamed() {
        assertThat(Starting.of(Bare.class).fails())
                .contains("records.bare.Bare has @TriggerQueryListener, but no @TriggerQueryProjection");
        assertThat(Starting.of(WithUnused.class).fails())
                .contains("Unused has no @TriggerQueryListener, and no bean uses its TableProjection");
        assertThat(Starting.listening(Good.class)
                        .with("spring.sql.init.mode=never")
                        .fails())
                .contains("Thing has no table 'thing' in its database", "create table thing (thing_id varchar");
    }

    @Test
    void methodMayUseTheTable() {
        try (var application = Starting.of(WithUnused.class, User.class).run()) {
            assertThat(listeners(application)).isEmpty();
        }
    }

    @Test
    void severalDatabasesOrTransactionManagersAreAmbiguous() {
        assertThat(Starting.listening(Good.class, TwoDatabases.class).fails())
                .contains("there are several, none of them primary: one, other");
        assertThat(Starting.listening(Good.class, TwoManagers.class).fails())
                .contains("several transaction managers, none of them primary");
        assertThat(Starting.listening(Good.class)
                        .with("spring.autoconfigure.exclude=" + DataSourceAutoConfiguration.class.getName())
                        .fails())
                .contains("needs a DataSource, and there is no bean of this type");
    }

    @Test
    void unavailableDatabaseDoesNotFailStart() {
        try (var application = Starting.listening(Good.class)
                .with("spring.sql.init.mode=never")
                .with("spring.datasource.url=jdbc:postgresql://127.0.0.1:9/none")
                .with("spring.datasource.hikari.initialization-fail-timeout=-1")
                .with("spring.datasource.hikari.connection-timeout=250")
                .run()) {
            assertThat(listeners(application)).containsExactly("things");
        }
    }
}
