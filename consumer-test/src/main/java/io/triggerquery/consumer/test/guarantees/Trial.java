package io.triggerquery.consumer.test.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.test.TriggerQueryKit;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A listener under test, with the actions of the tests.
 *
 * @param kit runs the listener
 * @param subject describes the listener
 * @param numbers counts the ids
 */
record Trial(TriggerQueryKit kit, ListenerUnderTest subject, AtomicInteger numbers) {

    String newId() {
        return subject.ids().apply(numbers.incrementAndGet());
    }

    /** Returns the source's answer for an id at a version. */
    Snapshot<?> found(String id, long version) throws Exception {
        kit.source().answers(id, subject.states().of(id, version));
        return kit.ask(id);
    }

    /** Returns the source's answer for a deleted id. */
    Snapshot<?> absent(String id, long version) throws Exception {
        kit.source().absent(id, version);
        return kit.ask(id);
    }

    /** Returns a new id whose projection has the version. */
    String idAt(long version) throws Exception {
        String id = newId();
        kit.project(found(id, version));
        return id;
    }

    /** Calls the method and returns its exception, or null if it throws none. */
    @Nullable
    Exception attempt(Snapshot<?>... snapshots) {
        try {
            kit.project(snapshots);
            return null;
        } catch (Exception thrown) {
            return thrown;
        }
    }

    OptionalLong version(String id) {
        return subject.version().apply(id);
    }

    Object view(String id) {
        return subject.view().apply(id);
    }

    void assertVersion(String id, long expected, String why) {
        assertThat(version(id))
                .as("the projection's version of %s: %s", id, why)
                .hasValue(expected);
    }
}
