package io.triggerquery.consumer.query;

import feign.FeignException;
import feign.RetryableException;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failure says of the ids, and of the source.
 *
 * <table>
 *   <caption>Failures</caption>
 *   <tr><th>failure</th><th>kind</th><th>repeated in the call</th><th>counts against the source</th></tr>
 *   <tr><td>no connection, time-out, broken answer</td><td>unavailable</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>502, 503, 504</td><td>unavailable</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>429</td><td>unavailable</td><td>no</td><td>yes</td></tr>
 *   <tr><td>the other 5xx</td><td>retryable</td><td>no</td><td>yes</td></tr>
 *   <tr><td>other 4xx, an answer that cannot be read or is too large</td><td>retryable</td><td>no</td><td>no</td></tr>
 *   <tr><td>the database cannot be reached</td><td>unavailable</td><td></td><td></td></tr>
 *   <tr><td>anything else</td><td>retryable</td><td>no</td><td>yes</td></tr>
 * </table>
 *
 * Beans of type {@link FailureRule} are asked first. Nothing is permanent unless one of them says so: a wrong address
 * or a bad deployment must not send a day's triggers to the dead-letter topic.
 */
public final class Failures {

    /** The header by which a source says that a 404 is its own word; see {@link Absence#HEADER}. */
    static final String ABSENT_HEADER = "Trigger-Query-Absent";

    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NOT_FOUND = 404;

    private final List<FailureRule> rules;

    public Failures(List<FailureRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The kind of a failure of a query or a projection. */
    public FailureKind kindOf(Throwable failure) {
        return ruled(failure).orElseGet(() -> builtIn(failure));
    }

    private Optional<FailureKind> ruled(Throwable failure) {
        for (FailureRule rule : rules) {
            try {
                Optional<FailureKind> kind = rule.kindOf(failure);
                if (kind.isPresent()) {
                    return kind;
                }
            } catch (RuntimeException | Error broken) {
                log.error(
                        "The rule {} failed; it is passed over", rule.getClass().getName(), broken);
            }
        }
        return Optional.empty();
    }

    private static FailureKind builtIn(Throwable failure) {
        boolean away = worthAnImmediateRetry(failure)
                || failure instanceof FeignException answered && answered.status() == TOO_MANY_REQUESTS
                || DatabaseFailures.isAway(failure);
        return away ? FailureKind.UNAVAILABLE : FailureKind.RETRYABLE;
    }

    static boolean worthAnImmediateRetry(Throwable failure) {
        return failure instanceof RetryableException
                || failure instanceof FeignException answered && PASSING.contains(answered.status());
    }

    /** Whatever is not known to be an answer counts, so that a client other than Feign's can open the circuit too. */
    boolean againstTheSource(Throwable failure) {
        Optional<FailureKind> kind = ruled(failure);
        if (kind.isPresent() && kind.get() != FailureKind.RETRYABLE) {
            return kind.get() == FailureKind.UNAVAILABLE;
        }
        return !(failure instanceof NoStateException
                || failure instanceof AnswerTooLargeException
                || failure instanceof FeignException answered && isAnswer(answered));
    }

    private static boolean isAnswer(FeignException failure) {
        boolean refusedForGood = failure.status() < 500 && failure.status() != TOO_MANY_REQUESTS;
        return refusedForGood && !(failure instanceof RetryableException);
    }

    /** The version of the absence that a failure means, empty if it has none, or null if it means no absence. */
    @Nullable
    OptionalLong absence(Throwable failure, Absence how) {
        if (ruled(failure).filter(FailureKind.ABSENT::equals).isPresent()) {
            return OptionalLong.empty();
        }
        if (how == Absence.NEVER || !(failure instanceof FeignException answered) || answered.status() != NOT_FOUND) {
            return null;
        }
        Optional<String> said = header(answered.responseHeaders());
        return said.isPresent() ? version(said.get()) : how == Absence.NOT_FOUND ? OptionalLong.empty() : null;
    }

    private static Optional<String> header(Map<String, Collection<String>> headers) {
        return headers.entrySet().stream()
                .filter(header ->
                        header.getKey().toLowerCase(Locale.ROOT).equals(ABSENT_HEADER.toLowerCase(Locale.ROOT)))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }

    private static OptionalLong version(String said) {
        try {
            return OptionalLong.of(Long.parseLong(said.strip()));
        } catch (NumberFormatException none) {
            return OptionalLong.empty();
        }
    }
}
