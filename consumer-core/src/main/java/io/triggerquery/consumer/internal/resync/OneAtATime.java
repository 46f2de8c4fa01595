package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.ProjectedVersions;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Calls the application's {@link ProjectedVersions} once at a time: for the resync, and for operators. */
final class OneAtATime implements ProjectedVersions {

    private final ProjectedVersions versions;
    private final ReentrantLock lock = new ReentrantLock();

    OneAtATime(ProjectedVersions versions) {
        this.versions = versions;
    }

    @Override
    public String listener() {
        return versions.listener();
    }

    @Override
    public Map<String, Long> versions(Collection<String> ids) throws Exception {
        lock.lockInterruptibly();
        try {
            return versions.versions(ids);
        } finally {
            lock.unlock();
        }
    }
}
