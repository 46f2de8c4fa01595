package io.triggerquery.consumer.test;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Work;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Records the last failure of each id, to report why ids are not settled. */
final class LastFailures implements EngineListener {

    private static final int MAX_IDS = 20;

    private final Map<String, Failure> failures = new HashMap<>();

    private record Failure(int consecutiveFailures, Throwable cause) {}

    @Override
    public void failed(Work work, int consecutiveFailures, Duration retryIn, Throwable cause) {
        failures.put(work.name(), new Failure(consecutiveFailures, cause));
    }

    @Override
    public void applied(Work work, int before) {
        failures.remove(work.name());
    }

    /** Returns an error that names the ids and the last failure of each. */
    AssertionError unsettled(List<String> ids, Duration waited) {
        String reasons = ids.stream().limit(MAX_IDS).map(this::reason).collect(Collectors.joining());
        String more = ids.size() > MAX_IDS ? System.lineSeparator() + "  and " + (ids.size() - MAX_IDS) + " more" : "";
        var error = new AssertionError("Not settled after " + waited + " of virtual time:" + reasons + more);
        ids.stream()
                .map(failures::get)
                .filter(Objects::nonNull)
                .limit(1)
                .forEach(failure -> error.initCause(failure.cause()));
        return error;
    }

    private String reason(String id) {
        Failure failure = failures.get(id);
        return System.lineSeparator() + "  " + id
                + (failure == null
                        ? " has not failed"
                        : " has failed " + failure.consecutiveFailures() + " times in a row, last with: "
                                + failure.cause());
    }
}
