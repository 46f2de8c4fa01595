package io.triggerquery.consumer.internal.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of a failed call, whatever client made it; see {@link FailedCalls}. */
sealed interface FailedCall {

    /**
     * The source has answered, with a status that is not successful, or without a state that can be read.
     *
     * @param status the HTTP status
     * @param headers returns the values of a header by its name, in any case
     * @param retryAt the time that the client has already read from the header Retry-After, or null
     */
    record Answer(
            int status,
            Function<String, List<String>> headers,
            @Nullable Instant retryAt) implements FailedCall {

        Answer(int status, Function<String, List<String>> headers) {
            this(status, headers, null);
        }

        /** Returns the values of a header. */
        Stream<String> headers(String name) {
            return headers.apply(name).stream().map(String::strip);
        }

        /** Returns the first value of a header. */
        Optional<String> header(String name) {
            return headers(name).findFirst();
        }
    }

    /** Calls without an answer of the source. */
    enum Unanswered implements FailedCall {
        /** No connection, a time-out, or a connection that broke during the answer. */
        NO_ANSWER,
        /** A successful answer with a page instead of a state, for example of a login. */
        PAGE,
        /** The application's client did not make the call, or did not end it in time; a repetition would not help. */
        GIVEN_UP,
        /** The failure is not known to be one of a call. */
        UNKNOWN
    }
}
