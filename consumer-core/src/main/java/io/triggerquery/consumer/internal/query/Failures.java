package io.triggerquery.consumer.internal.query;

import feign.FeignException;
import feign.RetryableException;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.failure.Causes;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import io.triggerquery.consumer.internal.failure.MemoryWatch;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
    private static final int NOT_FOUND = 404;

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

    /** Returns the kind of a failure of a query or a projection, or of its summary. */
    public FailureKind kindOf(Throwable failure) {
        if (failure instanceof FailureSummary summary) {
            return summary.kind();
        }
        memory.record(failure);
        return kindByRule(failure).orElseGet(() -> builtInKind(failure));
    }

    /** Wraps a query so that it fails with a summary. No answer is kept while an id waits for its next attempt. */
    public <S> Query<S> summarizing(Query<S> query) {
        return new SummarizingQuery<>(query, this);
    }

    /** Wraps a projection so that it fails with a summary; a projection may call a service too. */
    public <S> Projection<S> summarizing(Projection<S> projection) {
        return new SummarizingProjection<>(projection, this);
    }

    /** Returns a summary of the failure, which is small enough to be kept. */
    FailureSummary summary(Throwable failure) {
        Throwable cause = Causes.of(failure);
        return cause instanceof FailureSummary summary
                ? summary
                : new FailureSummary(kindOf(cause), cause.getClass().getName(), line(cause));
    }

    /** Returns the failure as one line, without the query string of its address. */
    static String line(Throwable failure) {
        String text = failure.toString();
        String url = failure instanceof FeignException answer ? answer.request().url() : "";
        return OneLine.of(url.indexOf('?') < 0 ? text : text.replace(url, Addresses.withoutQuery(url)));
    }

    /** Logs the failure with its stack trace at level debug, and returns its summary. */
    FailureSummary loggedSummary(Throwable failure) {
        log.debug("A query or a projection failed.", failure);
        return summary(failure);
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
        boolean unavailable = failure instanceof FeignException answer && isAboutEveryId(answer)
                || DatabaseFailures.isUnavailable(failure);
        if (unavailable) {
            return FailureKind.UNAVAILABLE;
        }
        boolean rejected = failure instanceof FeignException answer && Statuses.isAboutOneId(answer.status());
        return rejected ? FailureKind.REJECTED : FailureKind.RETRYABLE;
    }

    private static boolean isAboutEveryId(FeignException failure) {
        return isNoAnswer(failure) || isPage(failure) || Statuses.isAboutEveryId(failure.status());
    }

    /** Returns whether no answer was received. Feign also makes answers with the header Retry-After retryable. */
    private static boolean isNoAnswer(FeignException failure) {
        return failure instanceof RetryableException && failure.status() <= 0;
    }

    private static boolean isPage(FeignException failure) {
        return failure instanceof UnreadableAnswerException unreadable && unreadable.isPage();
    }

    static boolean isImmediatelyRetryable(Throwable failure) {
        return failure instanceof FeignException answer
                && (isNoAnswer(answer) || Statuses.isTemporary(answer.status()) && !RetryAfter.isPresent(answer));
    }

    /**
     * Returns whether a failure counts against the source. A failure that is not known to be an answer counts, so that
     * a client other than Feign's can open the circuit too.
     */
    boolean countsAgainstSource(Throwable failure) {
        Optional<FailureKind> kind = kindByRule(failure);
        if (kind.isPresent() && kind.get() != FailureKind.RETRYABLE) {
            return kind.get() == FailureKind.UNAVAILABLE;
        }
        return !(failure instanceof MissingStateException
                || failure instanceof AnswerTooLargeException
                || failure instanceof FeignException answer && isAnswer(answer));
    }

    private static boolean isAnswer(FeignException failure) {
        return !isNoAnswer(failure) && !isPage(failure) && !Statuses.countsAgainstSource(failure.status());
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
        if (mode == Absence.NEVER || !(failure instanceof FeignException answer) || answer.status() != NOT_FOUND) {
            return null;
        }
        Optional<String> absentHeader = header(answer.responseHeaders());
        return absentHeader.isPresent()
                ? version(absentHeader.get())
                : mode == Absence.NOT_FOUND ? OptionalLong.empty() : null;
    }

    private static Optional<String> header(Map<String, Collection<String>> headers) {
        return headers.entrySet().stream()
                .filter(header ->
                        header.getKey().toLowerCase(Locale.ROOT).equals(ABSENT_HEADER.toLowerCase(Locale.ROOT)))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }

    private static OptionalLong version(String value) {
        try {
            return OptionalLong.of(Long.parseLong(value.strip()));
        } catch (NumberFormatException none) {
            return OptionalLong.empty();
        }
    }
}
