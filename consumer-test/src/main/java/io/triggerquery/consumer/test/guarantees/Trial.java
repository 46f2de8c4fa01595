package io.triggerquery.consumer.test.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.test.TriggerQueryKit;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A listener on trial, with what the tests do to it.
 *
 * @param kit runs it
 * @param subject what is known of it
 * @param numbers for its ids
 */
record Trial(TriggerQueryKit kit, ListenerUnderTest subject, AtomicInteger numbers) {

    String newId() {
        return subject.ids().apply(numbers.incrementAndGet());
    }

    /** What the source would say of an id at a version. */
    Snapshot<?> found(String id, long version) throws Exception {
        kit.source().answers(id, subject.states().of(id, version));
        return kit.ask(id);
    }

    /** What the source would say of an id that was deleted. */
    Snapshot<?> absent(String id, long version) throws Exception {
        kit.source().absent(id, version);
        return kit.ask(id);
    }

    /** An id whose projection has the version. */
    String idAt(long version) throws Exception {
        String id = newId();
        kit.project(found(id, version));
        return id;
    }

    /** Calls the method and returns what it threw, or null. */
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
