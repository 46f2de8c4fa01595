package io.triggerquery.consumer.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The kit scripts source interfaces of every form. */
class ClientShapesTest {

    record Thing(String id) {}

    @Source("things")
    interface WrappedThings {

        CompletableFuture<Optional<Thing>> byId(String id);

        CompletableFuture<Map<String, Thing>> byIds(List<String> ids);
    }

    @Source("things")
    static class Repository {

        public Optional<Thing> byId(String id) {
            return Optional.empty();
        }
    }

    static class Projection {

        final List<String> projected = new ArrayList<>();
    }

    static class OfWrapped extends Projection {

        @TriggerQueryListener(topics = "things", source = WrappedThings.class)
        void project(Thing thing) {
            projected.add(thing.id());
        }
    }

    static class OfQuery extends Projection {

        @TriggerQueryListener(topics = "things", query = "thingQuery")
        void project(Thing thing) {
            projected.add(thing.id());
        }
    }

    static class OfClass {

        @TriggerQueryListener(topics = "things", source = Repository.class)
        void project(Thing thing) {}
    }

    @Test
    void methodsWithWrapperTypesAndQueriesAreScripted() {
        for (Projection projection : List.of(new OfWrapped(), new OfQuery())) {
            var kit = TriggerQueryKit.of(projection);
            for (String id : List.of("a", "b")) {
                kit.source().answers(id, new Thing(id));
                kit.trigger(id);
            }
            kit.source().next(1).fails("b", 503);
            kit.awaitSettled();
            kit.trigger("a");
            kit.awaitSettled();
            assertThat(projection.projected).containsExactlyInAnyOrder("a", "b", "a");
        }
    }

    @Test
    void classIsNotScripted() {
        assertThatThrownBy(() -> TriggerQueryKit.of(new OfClass()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot script", "which is a class");
    }
}
