package io.triggerquery.consumer.test;

import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions for a kit, available from AssertJ's {@code assertThat(kit)}. */
public final class TriggerQueryKitAssert extends AbstractAssert<TriggerQueryKitAssert, TriggerQueryKit> {

    TriggerQueryKitAssert(TriggerQueryKit kit) {
        super(kit, TriggerQueryKitAssert.class);
    }

    /** Verifies that each id was triggered, and that all its triggers are settled. */
    public TriggerQueryKitAssert hasSettled(String... ids) {
        List<String> open =
                List.of(ids).stream().filter(id -> !actual.isSettled(id)).toList();
        if (!open.isEmpty()) {
            failWithMessage("Expected %s to be settled, but not settled are %s", List.of(ids), open);
        }
        return this;
    }

    /** Verifies that each id was not triggered, or has a trigger that is not settled. */
    public TriggerQueryKitAssert hasNotSettled(String... ids) {
        List<String> settled = List.of(ids).stream().filter(actual::isSettled).toList();
        if (!settled.isEmpty()) {
            failWithMessage("Expected %s not to be settled, but %s are", List.of(ids), settled);
        }
        return this;
    }

    /** Verifies the number of queries of an id. */
    public TriggerQueryKitAssert hasQueried(String id, int times) {
        if (actual.queries(id) != times) {
            failWithMessage("Expected %s queries for %s, but there were %s", times, id, actual.queries(id));
        }
        return this;
    }

    /** Verifies that a trigger of the id was deferred at least once. */
    public TriggerQueryKitAssert hasDeferred(String id) {
        List<String> deferred =
                actual.deferred().stream().map(trigger -> trigger.id()).toList();
        if (!deferred.contains(id)) {
            failWithMessage("Expected %s to have been deferred, but deferred were %s", id, deferred);
        }
        return this;
    }

    /** Verifies that a trigger of the id was sent to the dead-letter topic. */
    public TriggerQueryKitAssert hasDeadLetter(String id) {
        List<String> deadLettered = actual.deadLetters().stream()
                .map(letter -> letter.trigger().id())
                .toList();
        if (!deadLettered.contains(id)) {
            failWithMessage("Expected %s in the dead-letter topic, but there are %s", id, deadLettered);
        }
        return this;
    }
}
