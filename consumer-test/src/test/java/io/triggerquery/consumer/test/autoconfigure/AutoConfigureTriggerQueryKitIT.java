package io.triggerquery.consumer.test.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.spi.BackOff;
import io.triggerquery.consumer.test.Database;
import io.triggerquery.consumer.test.PlainSource;
import io.triggerquery.consumer.test.Thing;
import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.consumer.test.TriggerQueryKits;
import io.triggerquery.consumer.test.faults.Faults;
import io.triggerquery.consumer.test.faults.When;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@SpringBootTest(
        properties = {
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "spring.kafka.consumer.group-id=kit",
            "triggerquery.sources.plain.url=http://127.0.0.1:1",
            "triggerquery.defaults.defer-after=10s"
        })
@AutoConfigureTriggerQueryKit
class AutoConfigureTriggerQueryKitIT {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        JdbcConnectionDetails database() {
            return new JdbcConnectionDetails() {
                @Override
                public String getUsername() {
                    return "postgres";
                }

                @Override
                public String getPassword() {
                    return "postgres";
                }

                @Override
                public String getJdbcUrl() {
                    return Database.url();
                }
            };
        }

        @Bean
        Projection projection(JdbcClient jdbc) {
            return new Projection(jdbc);
        }

        /** Created without Spring Boot, so that no property applies. */
        @Bean
        ConcurrentKafkaListenerContainerFactory<?, ?> own(ConsumerFactory<Object, Object> consumers) {
            var factory = new ConcurrentKafkaListenerContainerFactory<>();
            factory.setConsumerFactory(consumers);
            return factory;
        }

        @Bean
        Other other() {
            return new Other();
        }

        @Bean
        BackOff backOff() {
            return failing -> Duration.ofSeconds(4);
        }

        @Bean
        FailureRule impossible() {
            return failure ->
                    failure.getMessage().contains("impossible") ? Optional.of(FailureKind.PERMANENT) : Optional.empty();
        }
    }

    /** Its two statements share a transaction only if it is called through its proxy. */
    static class Projection {

        private final JdbcClient jdbc;

        Projection(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        @TriggerQueryListener(topics = "${things.topic:things}", source = PlainSource.class)
        public void project(Thing thing) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            jdbc.sql("insert into thing (id, text, version) values (:id, :text, :version)")
                    .paramSource(thing)
                    .update();
            jdbc.sql("update thing set changes = 7 where id = :id")
                    .paramSource(thing)
                    .update();
        }
    }

    static class Other {

        @TriggerQueryListener(id = "other", topics = "others", source = PlainSource.class, containerFactory = "own")
        void project(Thing thing) {}
    }

    @Autowired
    TriggerQueryKits kits;

    @Autowired
    Faults faults;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationContext context;

    @Test
    void runsBeanInItsTransactionsWithoutBroker() throws Exception {
        TriggerQueryKit kit = kits.of("things");
        kit.source().answers("spring-1", Thing.of("spring-1", 1));
        kit.trigger("spring-1");
        faults.fail(2, When.BEFORE, kit::run);
        assertThat(Database.version("spring-1")).isEmpty();

        kit.awaitSettled();
        assertThat(kit).hasSettled("spring-1").hasQueried("spring-1", 2);
        assertThat(Database.version("spring-1")).hasValue(1);
        assertThat(context.getBean(KafkaListenerEndpointRegistry.class).getListenerContainers())
                .hasSize(2)
                .noneMatch(container -> container.isRunning());
    }

    @Test
    @Transactional
    void methodJoinsTransactionOfTheTest() {
        TriggerQueryKit kit = kits.of("things");
        kit.source().answers("spring-4", Thing.of("spring-4", 1));
        kit.trigger("spring-4");
        kit.awaitSettled();

        assertThat(jdbc.sql("select version from thing where id = 'spring-4'")
                        .query(Long.class)
                        .list())
                .containsExactly(1L);
        assertThat(Database.version("spring-4"))
                .as("seen from outside of the transaction")
                .isEmpty();
    }

    @Test
    void applicationSettingsAndRulesApply() {
        TriggerQueryKit kit = kits.of("things");
        kit.source().fails("spring-2", 500);
        kit.source().fails("spring-3", new IllegalStateException("impossible"));
        kit.trigger("spring-2");
        kit.trigger("spring-3");
        kit.advance(Duration.ofSeconds(16));

        assertThat(kit).hasDeferred("spring-2").hasDeadLetter("spring-3");
    }

    @Test
    void applicationBackOffApplies() {
        TriggerQueryKit kit = kits.of("things");
        kit.source().fails("spring-5", 500);
        kit.trigger("spring-5");
        kit.advance(Duration.ofSeconds(7));
        assertThat(kit).hasQueried("spring-5", 2);
        kit.advance(Duration.ofSeconds(1));
        assertThat(kit).hasQueried("spring-5", 3);
    }

    @Test
    void kitsAreResetBeforeEachTest() {
        assertThat(kits.of("things").deferred()).isEmpty();
        assertThat(kits.of("things").queries("spring-1")).isZero();
    }

    @Test
    void listenerMustBeNamedIfThereAreSeveral() {
        assertThatThrownBy(() -> context.getBean(TriggerQueryKit.class))
                .rootCause()
                .hasMessageContaining("2 trigger listeners: [things, other]");
        assertThatThrownBy(() -> kits.of("thing"))
                .hasMessageContaining("There is no trigger listener 'thing'. The listeners are: [things, other]");
    }
}
