package io.triggerquery.consumer.test.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.test.PlainSource;
import io.triggerquery.consumer.test.Thing;
import io.triggerquery.consumer.test.ThingSource;
import io.triggerquery.consumer.test.guarantees.ListenerUnderTest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application on a real broker: batches over HTTP, and instances that start and stop. */
class BrokerSuiteIT {

    /** The local copy, shared by all instances like a database. */
    private static final Map<String, Long> VERSIONS = new ConcurrentHashMap<>();

    private static final ListenerUnderTest THINGS = ListenerUnderTest.of(Thing::of, BrokerSuiteIT::version);

    private static OptionalLong version(String id) {
        Long version = VERSIONS.get(id);
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {

        @Bean
        Things things() {
            return new Things();
        }
    }

    static final class Things {

        @TriggerQueryListener(topics = "${things.topic}", source = ThingSource.class)
        void project(List<Snapshot<Thing>> things) {
            things.forEach(thing -> VERSIONS.merge(thing.id(), thing.version().orElseThrow(), Math::max));
        }
    }

    @TestFactory
    Stream<DynamicTest> onARealBroker() {
        return BrokerSuite.of(Application.class, Things.class, THINGS)
                .withSettings("things.topic=suite-things")
                .tests();
    }

    @Test
    void readsRequestsOfTheSourceFromFeign() {
        SourceMethods things = SourceMethods.of(ThingSource.class);
        QuestionPath byId = QuestionPath.byId(things);
        QuestionPath byIds = QuestionPath.byIds(things).orElseThrow();

        assertThat(byId.ids("/api/things/a%3Ab")).hasValue(List.of("a:b"));
        assertThat(byId.ids("/api/others/a")).isEmpty();
        assertThat(byIds.ids("/api/things?ids=a")).hasValue(List.of("a"));
        assertThat(byIds.ids("/api/things?ids=a" + byIds.between() + "b")).hasValue(List.of("a", "b"));
        assertThat(QuestionPath.byIds(SourceMethods.of(PlainSource.class))).isEmpty();
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() ->
                        BrokerSuite.of(Application.class, String.class, THINGS).tests())
                .hasMessageContaining("java.lang.String has 0 methods");
    }
}
