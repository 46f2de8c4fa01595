package io.triggerquery.consumer.internal.freshness;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.log.MinuteLimiter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Looks up which versions a projection has of the ids that callers wait for. Ids that are asked for meanwhile share one
 * call.
 *
 * <p>Threads: any; the look-ups run on one thread, which ends when it is idle. Bounds: {@value #MAX_IDS} ids in a call;
 * the caller limits how many wait. Failure: if a call throws, nothing is known of its ids, and one warning a minute is
 * logged.
 */
final class VersionLookup {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final int MAX_IDS = 500;
    private static final long IDLE_SECONDS = 30;

    private final String listener;
    private final ProjectedVersions projected;
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ThreadPoolExecutor thread;
    private final MinuteLimiter warnings = new MinuteLimiter(System::nanoTime);

    private record Asked(String id, Consumer<OptionalLong> receiver) {}

    VersionLookup(String listener, ProjectedVersions projected) {
        this.listener = listener;
        this.projected = projected;
        var factory = new CustomizableThreadFactory(listener + "-versions-");
        factory.setDaemon(true); // a database that hangs must not keep the process alive
        thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Looks up the version of an id.
     *
     * @param receiver receives it on the thread of the look-ups, or empty if the projection does not have the id
     */
    void lookUp(String id, Consumer<OptionalLong> receiver) {
        asked.add(new Asked(id, receiver));
        schedule();
    }

    private void schedule() {
        if (!asked.isEmpty() && scheduled.compareAndSet(false, true)) {
            thread.execute(this::run);
        }
    }

    private void run() {
        scheduled.set(false);
        List<Asked> taken = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Asked next = take(ids); next != null; next = take(ids)) {
            taken.add(next);
            ids.add(next.id());
        }
        schedule();
        if (taken.isEmpty()) {
            return;
        }
        Map<String, Long> versions = versions(ids);
        for (Asked each : taken) {
            Long version = versions.get(each.id());
            each.receiver().accept(version == null ? OptionalLong.empty() : OptionalLong.of(version));
        }
    }

    private @Nullable Asked take(Set<String> ids) {
        return ids.size() < MAX_IDS ? asked.poll() : null;
    }

    private Map<String, Long> versions(Set<String> ids) {
        try {
            return Objects.requireNonNull(projected.versions(ids), "the projected versions are null");
        } catch (Throwable failure) {
            if (warnings.isDue()) {
                log.warn(
                        "{}: The projected versions of {} awaited ids could not be looked up, so they are queried: {}",
                        listener,
                        ids.size(),
                        OneLine.of(failure));
            }
            return Map.of();
        }
    }
}
