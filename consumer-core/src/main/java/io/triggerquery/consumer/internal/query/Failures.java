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
 *   <tr><td>502, 503, 504 and what else passes; see Statuses</td><td>unavailable</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>401, 429 and what else no id is to blame for; a page instead of JSON</td><td>unavailable</td><td>no</td>
 *       <td>yes</td></tr>
 *   <tr><td>409, 410, 422</td><td>rejected</td><td>no</td><td>no</td></tr>
 *   <tr><td>the other 5xx</td><td>retryable</td><td>no</td><td>yes</td></tr>
 *   <tr><td>other 3xx and 4xx, an answer that cannot be read, is too large or is no state of the id</td>
 *       <td>retryable</td><td>no</td><td>no</td></tr>
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

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final int NOT_FOUND = 404;

    private final List<FailureRule> rules;
    private final MemoryWatch memory;

    public Failures(List<FailureRule> rules) {
        this(rules, new MemoryWatch());
    }

    /**
     * Creates the table.
     *
     * @param rules those of the application, in their order
     * @param memory is shown every failure
     */
    public Failures(List<FailureRule> rules, MemoryWatch memory) {
        this.rules = List.copyOf(rules);
        this.memory = memory;
    }

    MemoryWatch memory() {
        return memory;
    }

    /** The kind of a failure of a query or a projection, or of its summary. */
    public FailureKind kindOf(Throwable failure) {
        if (failure instanceof FailureSummary summary) {
            return summary.kind();
        }
        memory.look(failure);
        return ruled(failure).orElseGet(() -> builtIn(failure));
    }

    /** Makes a query fail with a summary, so that no answer is kept while an id waits for its next try. */
    public <S> Query<S> summarizing(Query<S> query) {
        return new SummarizingQuery<>(query, this);
    }

    /** Makes a projection fail with a summary; what it calls may be a service too. */
    public <S> Projection<S> summarizing(Projection<S> projection) {
        return new SummarizingProjection<>(projection, this);
    }

    /** What may be kept of a failure. */
    FailureSummary summary(Throwable failure) {
        Throwable cause = Causes.of(failure);
        return cause instanceof FailureSummary summary
                ? summary
                : new FailureSummary(kindOf(cause), cause.getClass().getName(), line(cause));
    }

    /** A failure as one line, without what its address carries behind the path. */
    static String line(Throwable failure) {
        String text = failure.toString();
        String url = failure instanceof FeignException answer ? answer.request().url() : "";
        return OneLine.of(url.indexOf('?') < 0 ? text : text.replace(url, Addresses.withoutQuery(url)));
    }

    /** The same, after it was logged with its stack trace, for those who ask for that. */
    FailureSummary loggedSummary(Throwable failure) {
        log.debug("A query or a projection has failed", failure);
        return summary(failure);
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
        boolean away =
                failure instanceof FeignException answer && isAboutEveryId(answer) || DatabaseFailures.isAway(failure);
        if (away) {
            return FailureKind.UNAVAILABLE;
        }
        boolean rejected = failure instanceof FeignException answer && Statuses.isAboutOneId(answer.status());
        return rejected ? FailureKind.REJECTED : FailureKind.RETRYABLE;
    }

    private static boolean isAboutEveryId(FeignException failure) {
        return isNoAnswer(failure) || isPage(failure) || Statuses.isAboutEveryId(failure.status());
    }

    /** Whether no answer came at all. Feign also calls answers retryable that have the header Retry-After. */
    private static boolean isNoAnswer(FeignException failure) {
        return failure instanceof RetryableException && failure.status() <= 0;
    }

    private static boolean isPage(FeignException failure) {
        return failure instanceof UnreadableAnswerException unreadable && unreadable.isPage();
    }

    static boolean worthAnImmediateRetry(Throwable failure) {
        return failure instanceof FeignException answer
                && (isNoAnswer(answer) || Statuses.passes(answer.status()) && !RetryAfter.isAskedFor(answer));
    }

    /** Whatever is not known to be an answer counts, so that a client other than Feign's can open the circuit too. */
    boolean againstTheSource(Throwable failure) {
        Optional<FailureKind> kind = ruled(failure);
        if (kind.isPresent() && kind.get() != FailureKind.RETRYABLE) {
            return kind.get() == FailureKind.UNAVAILABLE;
        }
        return !(failure instanceof MissingStateException
                || failure instanceof AnswerTooLargeException
                || failure instanceof FeignException answered && isAnswer(answered));
    }

    private static boolean isAnswer(FeignException failure) {
        return !isNoAnswer(failure) && !isPage(failure) && !Statuses.isAgainstTheSource(failure.status());
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
