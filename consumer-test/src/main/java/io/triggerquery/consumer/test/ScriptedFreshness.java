package io.triggerquery.consumer.test;

import io.triggerquery.consumer.Freshness;
import io.triggerquery.consumer.FreshnessResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A {@link Freshness} that answers at once what a test states for an id, and otherwise that the projection has the
 * version. In a test with {@code @AutoConfigureTriggerQueryKit} it is the bean of that type, and reset before each test
 * method.
 *
 * <pre>{@code
 * freshness.answers("p1", new FreshnessResult.TimedOut(FreshnessResult.Known.NOTHING));
 * }</pre>
 *
 * <p>Like the real one, it refuses a negative version, and a timeout that is not positive or too long. Threads: any.
 */
public final class ScriptedFreshness implements Freshness {

    private final Map<String, FreshnessResult> answers = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /**
     * A call.
     *
     * @param version the version that the caller named, or empty
     */
    public record Call(String listener, String id, OptionalLong version) {}

    /** States the answer for an id, until another is stated. */
    public void answers(String id, FreshnessResult result) {
        answers.put(id, result);
    }

    /** Returns the calls, in their order. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Forgets answers and calls. */
    public void reset() {
        answers.clear();
        calls.clear();
    }

    private FreshnessResult answer(String listener, String id, OptionalLong version, Duration timeout) {
        if (version.orElse(0) < 0) {
            throw new IllegalArgumentException("The version is " + version.getAsLong() + ", but is not negative.");
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "The timeout is " + timeout + ", but must be more than zero and at most " + MAX_TIMEOUT + ".");
        }
        calls.add(new Call(listener, id, version));
        return answers.getOrDefault(id, new FreshnessResult.Fresh(FreshnessResult.How.ALREADY_PROJECTED, version));
    }

    @Override
    public FreshnessResult await(String listener, String id, Duration timeout) {
        return answer(listener, id, OptionalLong.empty(), timeout);
    }

    @Override
    public FreshnessResult await(String listener, String id, long version, Duration timeout) {
        return answer(listener, id, OptionalLong.of(version), timeout);
    }

    @Override
    public CompletableFuture<FreshnessResult> awaitAsync(String listener, String id, Duration timeout) {
        return CompletableFuture.completedFuture(await(listener, id, timeout));
    }

    @Override
    public CompletableFuture<FreshnessResult> awaitAsync(String listener, String id, long version, Duration timeout) {
        return CompletableFuture.completedFuture(await(listener, id, version, timeout));
    }
}
