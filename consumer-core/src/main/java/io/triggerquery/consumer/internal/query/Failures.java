package io.triggerquery.consumer.internal.query;

import feign.FeignException;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.failure.Causes;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import io.triggerquery.consumer.internal.failure.MemoryWatch;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.query.FailedCall.Unanswered;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifies failures as being about the id or about the source.
 *
 * <table>
 *   <caption>Failures</caption>
 *   <tr><th>failure</th><th>kind</th><th>repeated in the call</th><th>counts against the source</th></tr>
 *   <tr><td>no connection, time-out, broken answer</td><td>unavailable</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>502, 503, 504 and other temporary statuses; see
 *       Statuses</td><td>unavailable</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>401, 429 and other statuses that concern every id; an HTML page instead of
 *       JSON</td><td>unavailable</td><td>no</td> <td>yes</td></tr>
 *   <tr><td>the application's client refuses the call (its circuit breaker, its bulkhead, its threads), or does not end
 *       it before its deadline</td><td>unavailable</td><td>no</td> <td>yes</td></tr>
 *   <tr><td>409, 410, 422</td><td>rejected</td><td>no</td><td>no</td></tr>
 *   <tr><td>the other 5xx</td><td>retryable</td><td>no</td><td>yes</td></tr>
 *   <tr><td>other 3xx and 4xx, an answer that cannot be read, is too large or is not a state of the id</td>
 *       <td>retryable</td><td>no</td><td>no</td></tr>
 *   <tr><td>the database cannot be reached</td><td>unavailable</td><td></td><td></td></tr>
 *   <tr><td>anything else</td><td>retryable</td><td>no</td><td>yes</td></tr>
 * </table>
 *
 * Beans of type {@link FailureRule} are called first. A failure is permanent only if one of them returns that: a wrong
 * address or a bad deployment must not send all triggers to the dead-letter topic.
 */
public final class Failures {

    /** The header with which a source confirms that a 404 means absence; see {@link Absence#HEADER}. */
    static final String ABSENT_HEADER = "Trigger-Query-Absent";

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final List<FailureRule> rules;
    private final MemoryWatch memory;

    public Failures(List<FailureRule> rules) {
        this(rules, new MemoryWatch());
    }

    /**
     * Creates the classification.
     *
     * @param rules the rules of the application, in their order
     * @param memory receives every failure, to detect a lack of memory
     */
    public Failures(List<FailureRule> rules, MemoryWatch memory) {
        this.rules = List.copyOf(rules);
        this.memory = memory;
    }

    MemoryWatch memory() {
        return memory;
    }

    /** Returns the kind of a failure of a query, or of the summary of a failure. */
    public FailureKind kindOf(Throwable failure) {
        return failure instanceof FailureSummary summary ? summary.kind() : kind(failure, Failures::builtInKind);
    }

    /**
     * Returns the kind of a failure.
     *
     * @param builtIn the classification that applies if no rule has one
     */
    private FailureKind kind(Throwable failure, Function<Throwable, FailureKind> builtIn) {
        memory.record(failure);
        return kindByRule(failure).orElseGet(() -> builtIn.apply(failure));
    }

    /** Wraps a query so that it fails with a summary. No answer is kept while an id waits for its next attempt. */
    public <S> Query<S> summarizing(Query<S> query) {
        return new SummarizingQuery<>(query, this);
    }

    /** Wraps a projection so that it fails with a summary; a projection may call a service too. */
    public <S> Projection<S> summarizing(Projection<S> projection) {
        return new SummarizingProjection<>(projection, this);
    }

    /** Returns a summary of a query's failure, which is small enough to be kept. */
    FailureSummary summary(Throwable failure) {
        return summary(failure, Failures::builtInKind);
    }

    /** Logs a query's failure with its stack trace at level debug, and returns its summary. */
    FailureSummary loggedSummary(Throwable failure) {
        logAtDebug(failure);
        return summary(failure);
    }

    /** Logs a projection's failure in the same way, and returns its summary. */
    FailureSummary projectionSummary(Throwable failure) {
        logAtDebug(failure);
        return summary(failure, Failures::builtInProjectionKind);
    }

    private FailureSummary summary(Throwable failure, Function<Throwable, FailureKind> builtIn) {
        Throwable cause = Causes.of(failure);
        return cause instanceof FailureSummary summary
                ? summary
                : new FailureSummary(kind(cause, builtIn), cause.getClass().getName(), line(cause));
    }

    /**
     * Returns the failure as one line, without content of an answer, and without user, password and query string of the
     * addresses in it.
     */
    static String line(Throwable failure) {
        return OneLine.of(Addresses.withoutSecrets(Unreadable.withoutContent(failure)));
    }

    private static void logAtDebug(Throwable failure) {
        log.debug("A query or a projection failed.", failure);
    }

    private Optional<FailureKind> kindByRule(Throwable failure) {
        for (FailureRule rule : rules) {
            try {
                Optional<FailureKind> kind = rule.kindOf(failure);
                if (kind.isPresent()) {
                    return kind;
                }
            } catch (RuntimeException | Error broken) {
                log.error(
                        "The failure rule {} failed and is ignored for this failure.",
                        rule.getClass().getName(),
                        broken);
            }
        }
        return Optional.empty();
    }

    private static FailureKind builtInKind(Throwable failure) {
        FailedCall call = FailedCalls.of(failure);
        boolean unavailable = call instanceof FailedCall.Answer answer
                ? Statuses.isAboutEveryId(answer.status())
                : call != Unanswered.UNKNOWN;
        if (unavailable || DatabaseFailures.isUnavailable(failure)) {
            return FailureKind.UNAVAILABLE;
        }
        boolean rejected = call instanceof FailedCall.Answer answer && Statuses.isAboutOneId(answer.status());
        return rejected ? FailureKind.REJECTED : FailureKind.RETRYABLE;
    }

    /**
     * Returns the kind of a projection's failure. An exception that says of a query that the source cannot be reached,
     * such as one of a file or a connection, may concern one id here: only those of the database and of Feign do not.
     */
    private static FailureKind builtInProjectionKind(Throwable failure) {
        FailureKind ofQuery = builtInKind(failure);
        boolean mayConcernOneId = ofQuery == FailureKind.UNAVAILABLE
                && !(failure instanceof FeignException)
                && !DatabaseFailures.isUnavailable(failure);
        return mayConcernOneId ? FailureKind.RETRYABLE : ofQuery;
    }

    static boolean isImmediatelyRetryable(Throwable failure) {
        FailedCall call = FailedCalls.of(failure);
        return call instanceof FailedCall.Answer answer
                ? Statuses.isTemporary(answer.status()) && !RetryAfter.isPresent(answer)
                : call == Unanswered.NO_ANSWER;
    }

    /**
     * Returns whether a failure counts against the source. A failure that is not known to be an answer counts, so that
     * any client can open the circuit.
     */
    boolean countsAgainstSource(Throwable failure) {
        Optional<FailureKind> kind = kindByRule(failure);
        if (kind.isPresent() && kind.get() != FailureKind.RETRYABLE) {
            return kind.get() == FailureKind.UNAVAILABLE;
        }
        if (failure instanceof MissingStateException || failure instanceof AnswerTooLargeException) {
            return false;
        }
        return !(FailedCalls.of(failure) instanceof FailedCall.Answer answer)
                || Statuses.countsAgainstSource(answer.status());
    }

    /**
     * Returns the version of the absence that the failure reports, empty if it has none, or null if it reports no
     * absence.
     */
    @Nullable
    OptionalLong absence(Throwable failure, Absence mode) {
        if (kindByRule(failure).filter(FailureKind.ABSENT::equals).isPresent()) {
            return OptionalLong.empty();
        }
        if (mode == Absence.NOT_FOUND && failure instanceof MissingStateException missing && missing.isEmpty()) {
            return OptionalLong.empty();
        }
        if (mode == Absence.NEVER
                || !(FailedCalls.of(failure) instanceof FailedCall.Answer answer)
                || answer.status() != Statuses.NOT_FOUND) {
            return null;
        }
        Optional<String> absentHeader = answer.header(ABSENT_HEADER);
        return absentHeader.isPresent()
                ? version(absentHeader.get())
                : mode == Absence.NOT_FOUND ? OptionalLong.empty() : null;
    }

    private static OptionalLong version(String value) {
        try {
            return OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException none) {
            return OptionalLong.empty();
        }
    }
}
