package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.ProjectedIds;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.TriggerIdRule;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls an object of the application once at a time: for the resync, for the monitor, and for operators. Ids that come
 * back in another form are an error, since they would be taken for ids that the projection lacks.
 */
final class OneAtATime {

    private final ReentrantLock lock = new ReentrantLock();

    private OneAtATime() {}

    private <T> T call(Callable<T> call) throws Exception {
        lock.lockInterruptibly();
        try {
            return call.call();
        } finally {
            lock.unlock();
        }
    }

    static ProjectedVersions of(ProjectedVersions versions) {
        var one = new OneAtATime();
        return versions instanceof ProjectedIds ids
                ? new Ids(one, ids)
                : ProjectedVersions.of(
                        versions.listener(),
                        asked -> checked(versions.listener(), asked, one.call(() -> versions.versions(asked))));
    }

    private static Map<String, Long> checked(
            String listener, Collection<String> asked, @Nullable Map<String, Long> versions) {
        if (versions == null || versions.values().stream().anyMatch(Objects::isNull)) {
            throw new IllegalStateException("The ProjectedVersions of the listener " + listener + " returned null");
        }
        check(listener, asked, versions.keySet());
        return versions;
    }

    private static void check(String listener, Collection<String> asked, Collection<String> returned) {
        Set<String> missing = new HashSet<>(asked);
        returned.forEach(missing::remove);
        Map<String, String> forms = missing.stream().collect(Collectors.toMap(OneAtATime::form, id -> id, (a, b) -> a));
        for (String other : forms.isEmpty() ? List.<String>of() : returned) {
            String id = forms.get(form(other));
            if (id != null && !asked.contains(other)) {
                throw new IllegalStateException(
                        "The ProjectedVersions of the listener " + listener + " returned the id "
                                + TriggerIdRule.escaped(other) + " for " + TriggerIdRule.escaped(id)
                                + ". Return ids as they were asked for, in the same case and without blanks.");
            }
        }
    }

    private static String form(String id) {
        return id.strip().toLowerCase(Locale.ROOT);
    }

    static ResyncSource of(ResyncSource source) {
        return new Source(new OneAtATime(), source);
    }

    private record Ids(OneAtATime one, ProjectedIds ids) implements ProjectedIds {

        @Override
        public String listener() {
            return ids.listener();
        }

        @Override
        public Map<String, Long> versions(Collection<String> asked) throws Exception {
            return checked(listener(), asked, one.call(() -> ids.versions(asked)));
        }

        @Override
        public ResyncSource.Page page(@Nullable String cursor) throws Exception {
            return one.call(() -> ids.page(cursor));
        }

        @Override
        public Collection<ResyncSource.Entry> entries(Collection<String> asked) throws Exception {
            Collection<ResyncSource.Entry> entries = one.call(() -> ids.entries(asked));
            check(
                    listener(),
                    asked,
                    entries.stream().map(ResyncSource.Entry::id).toList());
            return entries;
        }
    }

    private record Source(OneAtATime one, ResyncSource source) implements ResyncSource {

        @Override
        public String listener() {
            return source.listener();
        }

        @Override
        public Page page(@Nullable String cursor) throws Exception {
            return one.call(() -> source.page(cursor));
        }
    }
}
