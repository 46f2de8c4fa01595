package io.triggerquery.consumer.internal.query;

import feign.FeignException;
import feign.RetryableException;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.triggerquery.consumer.internal.failure.Causes;
import io.triggerquery.consumer.internal.query.FailedCall.Answer;
import io.triggerquery.consumer.internal.query.FailedCall.Unanswered;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessException;
import org.springframework.util.ClassUtils;

/**
 * Reads the exceptions of Feign, of Spring's clients, of Resilience4j and of the JDK as a {@link FailedCall}.
 *
 * <p>A status counts only if the failure is the client's own, possibly within a wrapper of a proxy or a future: the
 * cause of another exception may be the answer of another service, such as one that issues tokens. A connection that
 * failed counts wherever it is among the causes, except below a failure of a database.
 *
 * <p>Threads: any.
 */
final class FailedCalls {

    private static final Function<Throwable, @Nullable FailedCall> SPRING_WEB =
            present("org.springframework.web.client.RestClientException") ? SpringWebFailures::read : none -> null;
    private static final Function<Throwable, @Nullable FailedCall> WEB_FLUX =
            present("org.springframework.web.reactive.function.client.WebClientException")
                    ? WebFluxFailures::read
                    : none -> null;

    private FailedCalls() {}

    private static boolean present(String type) {
        return ClassUtils.isPresent(type, FailedCalls.class.getClassLoader());
    }

    /** Reads a failure. */
    static FailedCall of(Throwable failure) {
        Throwable cause = Causes.unwrapped(failure);
        return Stream.<Function<Throwable, @Nullable FailedCall>>of(FailedCalls::readOwn, SPRING_WEB, WEB_FLUX)
                .map(reader -> reader.apply(cause))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElseGet(() -> noAnswer(cause) ? Unanswered.NO_ANSWER : Unanswered.UNKNOWN);
    }

    /** Returns what a successful answer without a readable state is. */
    static FailedCall unreadable(int status, Function<String, List<String>> headers, Throwable failure) {
        if (headers.apply("Content-Type").stream().anyMatch(FailedCalls::isMarkup)
                || causes(failure).anyMatch(Unreadable::startsWithMarkup)) {
            return Unanswered.PAGE;
        }
        return noAnswer(failure) ? Unanswered.NO_ANSWER : new Answer(status, headers);
    }

    private static boolean isMarkup(String contentType) {
        return contentType.contains("html") || contentType.contains("xml");
    }

    private static @Nullable FailedCall readOwn(Throwable failure) {
        if (failure instanceof FeignException answer) {
            return feign(answer);
        }
        if (failure instanceof UnsuccessfulAnswerException answer) {
            return answer.call();
        }
        if (failure instanceof CallNotPermittedException
                || failure instanceof BulkheadFullException
                || failure instanceof RequestNotPermitted
                || failure instanceof RejectedExecutionException
                || failure instanceof CallDeadlineException) {
            return Unanswered.GIVEN_UP;
        }
        boolean unreadable = failure instanceof CodecException
                || failure instanceof DataBufferLimitException
                || Unreadable.isOfJackson(failure);
        return unreadable ? unreadable(Statuses.OK, none -> List.of(), failure) : null;
    }

    private static FailedCall feign(FeignException failure) {
        if (failure instanceof UnreadableAnswerException unreadable && unreadable.isPage()) {
            return Unanswered.PAGE;
        }
        if (failure instanceof RetryableException && failure.status() <= 0) {
            return Unanswered.NO_ANSWER;
        }
        Function<String, List<String>> headers = name -> values(failure.responseHeaders(), name);
        if (Statuses.isSuccess(failure.status())) {
            // Spring Cloud's decoder fails with the exceptions of RestTemplate
            FailedCall decoder = failure.getCause() == null ? null : SPRING_WEB.apply(failure.getCause());
            return decoder == null ? unreadable(failure.status(), headers, failure) : decoder;
        }
        Instant retryAt = failure instanceof RetryableException retryable && retryable.retryAfter() != null
                ? Instant.ofEpochMilli(retryable.retryAfter())
                : null;
        return new Answer(failure.status(), headers, retryAt);
    }

    private static List<String> values(Map<String, Collection<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    private static boolean noAnswer(Throwable failure) {
        List<Throwable> causes = causes(failure).toList();
        return causes.stream().noneMatch(cause -> cause instanceof SQLException || cause instanceof DataAccessException)
                && causes.stream().anyMatch(NoAnswer::is);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, cause -> cause.map(Throwable::getCause))
                .limit(Causes.MAX_DEPTH)
                .map(Optional::get);
    }
}
