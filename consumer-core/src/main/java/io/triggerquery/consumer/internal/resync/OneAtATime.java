package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.ProjectedIds;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Calls an object of the application once at a time: for the resync, for the monitor, and for operators. */
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
                : ProjectedVersions.of(versions.listener(), asked -> one.call(() -> versions.versions(asked)));
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
            return one.call(() -> ids.versions(asked));
        }

        @Override
        public ResyncSource.Page page(@Nullable String cursor) throws Exception {
            return one.call(() -> ids.page(cursor));
        }

        @Override
        public Collection<ResyncSource.Entry> entries(Collection<String> asked) throws Exception {
            return one.call(() -> ids.entries(asked));
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
