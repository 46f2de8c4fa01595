package io.triggerquery.consumer.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.TriggerQueryListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TriggerQueryKitTest {

    private final Plain plain = new Plain();
    private final TriggerQueryKit kit = TriggerQueryKit.of(plain);

    static final class Plain {
        final List<Thing> projected = new ArrayList<>();
        Consumer<Thing> before = thing -> {};

        @TriggerQueryListener(topics = "things", source = PlainSource.class)
        void project(Thing thing) {
            before.accept(thing);
            projected.add(thing);
        }
    }

    static final class Batches {
        final List<List<String>> batches = new ArrayList<>();
        final Map<String, Snapshot<Thing>> projected = new HashMap<>();

        @TriggerQueryListener(topics = "${topic:things}", source = ThingSource.class)
        void project(List<Snapshot<Thing>> things) {
            batches.add(things.stream().map(Snapshot::id).toList());
            things.forEach(thing -> projected.put(thing.id(), thing));
        }
    }

    @Test
    void nothingHappensBeforeListenerRuns() {
        kit.source().answers("t1", Thing.of("t1", 1));
        kit.trigger("t1");

        assertThat(kit).hasNotSettled("t1").hasQueried("t1", 0);
        kit.run();
        assertThat(kit).hasSettled("t1").hasQueried("t1", 1);
        assertThat(plain.projected).containsExactly(Thing.of("t1", 1));
    }

    @Test
    void triggersOfOneIdAreMergedUntilProcessed() {
        kit.source().answers("t1", Thing.of("t1", 1));
        kit.trigger("t1");
        kit.trigger("t1");
        kit.awaitSettled();

        assertThat(kit).hasSettled("t1").hasQueried("t1", 1);
    }

    @Test
    void triggerDuringRoundCausesOneMoreRound() {
        kit.source().next(1).answers("t1", Thing.of("t1", 1));
        kit.source().answers("t1", Thing.of("t1", 2));
        plain.before = thing -> {
            if (thing.version() == 1) {
                kit.trigger("t1");
            }
        };
        kit.trigger("t1");
        kit.awaitSettled();

        assertThat(plain.projected).extracting(Thing::version).containsExactly(1L, 2L);
    }

    @Test
    void failedQueryIsRetriedInVirtualTime() {
        kit.source().answers("t1", Thing.of("t1", 1));
        kit.source().next(2).fails("t1", 503);
        kit.source().next(1).fails("t1", new IllegalStateException("as scripted"));
        kit.trigger("t1");
        kit.run();
        assertThat(kit).hasNotSettled("t1").hasQueried("t1", 1);

        kit.advance(Duration.ofMillis(999));
        assertThat(kit).hasQueried("t1", 1);
        kit.advance(Duration.ofMillis(1));
        assertThat(kit).hasQueried("t1", 2);
        kit.awaitSettled(Duration.ofSeconds(6));
        assertThat(kit).hasSettled("t1").hasQueried("t1", 4);
        assertThat(kit.deferred()).isEmpty();
    }

    @Test
    void failedProjectionIsRetried() {
        kit.source().answers("t1", Thing.of("t1", 1));
        plain.before = thing -> {
            plain.before = again -> {};
            throw new IllegalStateException("once");
        };
        kit.trigger("t1");
        kit.awaitSettled();

        assertThat(kit).hasSettled("t1").hasQueried("t1", 2);
        assertThat(plain.projected).hasSize(1);
    }

    @Test
    void longFailingIdIsDeferredAndReturns() {
        kit.source().answers("t1", Thing.of("t1", 1));
        kit.source().down();
        kit.trigger("t1");
        kit.advance(Duration.ofMinutes(5));
        assertThat(kit).hasDeferred("t1").hasNotSettled("t1");

        kit.source().up();
        kit.awaitSettled();
        assertThat(kit).hasSettled("t1");
        assertThat(plain.projected).hasSize(1);
    }

    @Test
    void permanentFailureByRuleIsDeadLettered() {
        FailureRule gone =
                failure -> failure.getMessage().contains("410") ? Optional.of(FailureKind.PERMANENT) : Optional.empty();
        var strict = TriggerQueryKit.of(plain, List.of(gone));
        strict.source().fails("t1", 410);
        strict.trigger("t1");
        strict.awaitSettled();

        assertThat(strict).hasSettled("t1").hasDeadLetter("t1");
        assertThat(strict.deadLetters().get(0).cause()).hasMessageContaining("410");
    }

    @Test
    void applicationBackOffIsUsed() {
        var patient = TriggerQueryKit.builder(plain)
                .backOff(failing -> Duration.ofSeconds(40))
                .build();
        patient.source().fails("t1", 500);
        patient.trigger("t1");
        patient.advance(Duration.ofSeconds(39));
        assertThat(patient).hasQueried("t1", 1);
        patient.advance(Duration.ofSeconds(1));
        assertThat(patient).hasQueried("t1", 2);
    }

    @Test
    void settingReplacedByBackOffIsRejected() {
        assertThatThrownBy(() -> TriggerQueryKit.builder(plain)
                        .backOff(failing -> Duration.ofSeconds(40))
                        .settings("triggerquery.defaults.back-off.max=1m")
                        .build())
                .hasMessageContaining("The setting triggerquery.defaults.back-off.max would have no effect");
    }

    @Test
    void errorNamesUnsettledTriggersAndReasons() {
        kit.source().fails("t1", new IllegalStateException("never"));
        kit.trigger("t1");
        kit.trigger("t2");

        assertThatThrownBy(kit::awaitSettled)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("t1 has failed")
                .hasMessageContaining("never")
                .hasMessageContaining("t2 has failed")
                .hasMessageContaining("source().answers(\"t2\", ...)");
    }

    @Test
    void staleAnswerIsQueriedAgain() {
        var batches = new Batches();
        var batching = TriggerQueryKit.of(batches);
        batching.source().answers("t1", Thing.of("t1", 2));
        batching.source().next(2).answers("t1", Thing.of("t1", 1));
        batching.triggerVersioned("t1", 2);
        batching.awaitSettled(Duration.ofSeconds(1));

        assertThat(batching).hasSettled("t1").hasQueried("t1", 3);
        batching.triggerVersioned("t1", 1);
        batching.run();
        assertThat(batching).hasSettled("t1").hasQueried("t1", 3);
    }

    @Test
    void readyIdsAreQueriedTogetherUpToLimit() {
        var batches = new Batches();
        var batching = TriggerQueryKit.of(batches, "triggerquery.defaults.max-batch=2");
        for (String id : List.of("t1", "t2", "t3")) {
            batching.source().answers(id, Thing.of(id, 1));
            batching.trigger(id);
        }
        batching.run();

        assertThat(batches.batches).containsExactly(List.of("t1", "t2"), List.of("t3"));
        assertThat(batching.source().calls()).isEqualTo(2);
    }

    @Test
    void badIdDoesNotDelayItsBatch() {
        var batches = new Batches();
        var batching = TriggerQueryKit.of(batches);
        for (String id : List.of("t1", "t2", "t3", "t4")) {
            batching.source().answers(id, Thing.of(id, 1));
            batching.trigger(id);
        }
        batching.source().fails("t3", 500);
        batching.run();

        assertThat(batching).hasSettled("t1", "t2", "t4").hasNotSettled("t3");
    }

    @Test
    void absenceByHeaderIsProjected() {
        var batches = new Batches();
        var batching = TriggerQueryKit.of(batches);
        batching.source().absent("t1", 7);
        batching.source().absent("t2");
        batching.trigger("t1");
        batching.trigger("t2");
        batching.run();
        assertThat(batching).hasSettled("t1").hasNotSettled("t2");
        batching.advance(Duration.ofSeconds(2));

        assertThat(batching).hasSettled("t2");
        assertThat(batches.projected.get("t1")).isInstanceOf(Snapshot.Absent.class);
        assertThat(batches.projected.get("t1").version()).hasValue(7);
        assertThat(batches.projected.get("t2").version()).isEmpty();
    }

    @Test
    void uncommittedTriggersAreRedeliveredAfterCrash() {
        kit.source().answers("t1", Thing.of("t1", 1));
        kit.source().answers("t2", Thing.of("t2", 1));
        kit.source().next(1).fails("t2", 500);
        kit.trigger("t1");
        kit.trigger("t2");
        kit.run();
        kit.restart();
        kit.run();

        assertThat(kit).hasSettled("t1", "t2").hasQueried("t1", 1).hasQueried("t2", 2);
    }

    @Test
    void staleInstanceMayWriteLate() throws Exception {
        kit.source().answers("t1", Thing.of("t1", 1));
        Snapshot<?> old = kit.ask("t1");
        kit.source().answers("t1", Thing.of("t1", 2));
        kit.trigger("t1");
        kit.awaitSettled();
        kit.project(old);

        assertThat(plain.projected).extracting(Thing::version).containsExactly(2L, 1L);
    }

    @Test
    void resetClearsTriggersAndScript() {
        kit.source().fails("t1", 500);
        kit.trigger("t1");
        kit.run();
        kit.reset();
        kit.awaitSettled();

        assertThat(kit).hasNotSettled("t1").hasQueried("t1", 0);
    }

    @Test
    void placeholdersAreResolvedFromSettings() {
        assertThat(TriggerQueryKit.of(new Batches(), "topic=others").topics()).containsExactly("others");
        assertThat(TriggerQueryKit.of(new Batches()).topics()).containsExactly("things");
    }

    static final class TwoTopics {
        final List<String> calls = new ArrayList<>();

        @TriggerQueryListener(
                id = "two.topics",
                topics = {"one", "#{'oth' + 'er'}"},
                source = PlainSource.class)
        void project(Trigger trigger, Thing thing) {
            calls.add(thing.id() + " from " + trigger.topic());
        }
    }

    @Test
    void idInTwoTopicsIsOneIdWithItsTrigger() {
        var two = new TwoTopics();
        var both = TriggerQueryKit.of(two);
        both.source().answers("t1", Thing.of("t1", 1));
        both.source().answers("t2", Thing.of("t2", 1));
        both.triggerIn("other", "t1");
        both.trigger("t1");
        both.triggerIn("other", "t2");
        both.awaitSettled();

        assertThat(both).hasSettled("t1", "t2").hasQueried("t1", 1);
        assertThat(two.calls).containsExactlyInAnyOrder("t1 from other", "t2 from other");
        assertThatThrownBy(() -> both.triggerIn("third", "t1")).hasMessageContaining("[one, other]");
    }

    @Test
    void listenerUsesApplicationSettings() {
        var two = TriggerQueryKit.of(
                new TwoTopics(),
                "triggerquery.defaults.defer-after=1h",
                "triggerquery.listeners.two.topics.defer-after=0s");
        two.source().next(1).fails("t1", 500);
        two.source().answers("t1", Thing.of("t1", 1));
        two.trigger("t1");
        two.awaitSettled();

        assertThat(two).hasDeferred("t1");
        assertThatThrownBy(() -> TriggerQueryKit.of(new TwoTopics(), "triggerquery.listeners.two.defer-after=0s"))
                .hasMessageContaining("because no listener has this id");
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> TriggerQueryKit.of("nothing")).hasMessageContaining("java.lang.String has 0 methods");
        assertThatThrownBy(() -> TriggerQueryKit.of(plain, "defer-after")).hasMessageContaining("NAME=VALUE");
        assertThatThrownBy(() -> kit.source().answers("t1", "text"))
                .hasMessageContaining("PlainSource answers with io.triggerquery.consumer.test.Thing, not with")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> kit.trigger("a/b"))
                .hasMessage("The id is invalid: an id has 1 to 256 characters out of letters, digits and - . _ ~ : @ =;"
                        + " character 1 is '/'");
        assertThatThrownBy(() -> kit.source().fails("t1", 200)).hasMessageContaining("from 400 to 599");
        assertThatThrownBy(() -> assertThat(kit).hasSettled("t1")).hasMessageContaining("not settled are [t1]");
        assertThatThrownBy(() -> assertThat(kit).hasDeferred("t1")).hasMessageContaining("deferred were []");
        assertThatThrownBy(() -> assertThat(kit).hasDeadLetter("t1")).hasMessageContaining("there are []");
        assertThatThrownBy(() -> assertThat(kit).hasQueried("t1", 1)).hasMessageContaining("there were 0");
    }
}
