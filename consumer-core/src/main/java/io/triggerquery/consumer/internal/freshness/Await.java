package io.triggerquery.consumer.internal.freshness;

import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.FreshnessResult.Known;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * One await, from the call to its answer.
 *
 * <p>Threads: any.
 */
final class Await {

    private static final Runnable NOTHING = () -> {};

    private final String id;
    private final OptionalLong version;
    private final Duration timeout;
    private final long begin = System.nanoTime();
    private final CompletableFuture<FreshnessResult> answer = new CompletableFuture<>();
    private volatile OptionalLong found = OptionalLong.empty();
    private Runnable withdrawal = NOTHING;
    private boolean withdrawn;

    Await(String id, OptionalLong version, Duration timeout) {
        this.id = id;
        this.version = version;
        this.timeout = timeout;
    }

    String id() {
        return id;
    }

    OptionalLong version() {
        return version;
    }

    Duration remaining() {
        return timeout.minus(took());
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Returns the future of the answer. It is completed by the engine's threads, so it must not be handed out. */
    CompletableFuture<FreshnessResult> answer() {
        return answer;
    }

    /** Records the version that the projection has. Returns whether it is what the caller waits for. */
    boolean isFreshWith(OptionalLong projected) {
        found = projected;
        return version.isPresent() && projected.orElse(-1) >= version.getAsLong();
    }

    /** Completes the answer, with the version that was found if the result has none. */
    void complete(FreshnessResult result) {
        answer.complete(withFound(result));
    }

    private FreshnessResult withFound(FreshnessResult result) {
        if (result instanceof FreshnessResult.TimedOut timedOut) {
            return new FreshnessResult.TimedOut(withFound(timedOut.known()));
        }
        return result instanceof FreshnessResult.Refused refused
                ? new FreshnessResult.Refused(refused.reason(), withFound(refused.known()))
                : result;
    }

    private Known withFound(Known known) {
        return known.version().orElse(-1) >= found.orElse(-1) ? known : known.withVersion(found);
    }

    /** Sets what withdraws it from where it waits now; if it has been withdrawn, that is done at once. */
    void withdrawnBy(Runnable action) {
        synchronized (this) {
            if (!withdrawn) {
                withdrawal = action;
                return;
            }
        }
        action.run();
    }

    /** Withdraws it, since the caller no longer waits. */
    void withdraw() {
        Runnable action;
        synchronized (this) {
            withdrawn = true;
            action = withdrawal;
        }
        action.run();
    }
}
