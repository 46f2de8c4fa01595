package io.triggerquery.consumer.test;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Work;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Why ids are not settled. */
final class LastFailures implements EngineListener {

    private static final int MOST = 20;

    private final Map<String, Failure> failures = new HashMap<>();

    private record Failure(int inARow, Throwable cause) {}

    @Override
    public void failed(Work work, int inARow, Duration retryIn, Throwable cause) {
        failures.put(work.name(), new Failure(inARow, cause));
    }

    @Override
    public void applied(Work work, int before) {
        failures.remove(work.name());
    }

    /** An error that names the ids, and what failed last for each. */
    AssertionError unsettled(List<String> ids, Duration waited) {
        String reasons = ids.stream().limit(MOST).map(this::reason).collect(Collectors.joining());
        String more = ids.size() > MOST ? System.lineSeparator() + "  and " + (ids.size() - MOST) + " more" : "";
        var error = new AssertionError("not settled after " + waited + " of virtual time:" + reasons + more);
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
                        ? ", which has not failed"
                        : " has failed " + failure.inARow() + " times in a row, last with: " + failure.cause());
    }
}
