package io.triggerquery.consumer.internal.query;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Settings of one source.
 *
 * @param url the base address of the source, or null if the application creates the client itself
 * @param limits the maximum duration of a call and the maximum size of its answer
 * @param protection the limits that protect the source
 * @param followRedirects whether redirects within the same scheme, host and port are followed; others never are
 * @param access the credentials and the route
 */
public record SourceSettings(
        @Nullable URI url, Limits limits, Protection protection, boolean followRedirects, SourceAccess access) {

    /** Creates settings without credentials and proxy. */
    public SourceSettings(@Nullable URI url, Limits limits, Protection protection, boolean followRedirects) {
        this(url, limits, protection, followRedirects, SourceAccess.PLAIN);
    }

    /** Creates settings that also follow no redirects. */
    public SourceSettings(@Nullable URI url, Limits limits, Protection protection) {
        this(url, limits, protection, false);
    }

    /**
     * Checks that no setting lacks an effect because the application provides the client.
     *
     * @param client the type of the client
     * @throws FailureAnalyzedException if there is such a setting
     */
    public void checkForClientBean(String sourceName, Class<?> client) {
        if (!access.properties().isEmpty()) {
            String prefix = "triggerquery.sources." + sourceName + ".";
            throw new FailureAnalyzedException(
                    prefix + String.join(", " + prefix, access.properties())
                            + " would have no effect, because the application has a bean of type " + client.getName()
                            + ", which is the source's client.",
                    "Configure that client and remove the settings, or remove the bean.");
        }
    }

    /** Returns the settings without the address, which may contain a password or a token. */
    @Override
    public String toString() {
        return "SourceSettings[" + limits + ", " + protection + "]";
    }

    /**
     * The maximum duration of a call and the maximum size of its answer.
     *
     * @param connectTimeout how long connecting may take
     * @param readTimeout how long the source may take to begin its answer, and again to finish it
     * @param maxAnswerBytes the maximum size of an answer; a longer one is rejected, so that it cannot fill the memory
     * @param maxBufferedBytes how many bytes of incomplete answers are buffered at most, for all answers of the source
     *     together; beyond it, answers wait. At least maxAnswerBytes
     */
    public record Limits(Duration connectTimeout, Duration readTimeout, int maxAnswerBytes, long maxBufferedBytes) {

        private static final long BUFFERED_BYTES = 64L << 20;

        /** Creates limits with the default for all answers together. */
        public Limits(Duration connectTimeout, Duration readTimeout, int maxAnswerBytes) {
            this(connectTimeout, readTimeout, maxAnswerBytes, buffered(maxAnswerBytes));
        }

        /** Returns the default for all answers together: 64 MB, or maxAnswerBytes if that is larger. */
        public static long buffered(long maxAnswerBytes) {
            return Math.max(BUFFERED_BYTES, maxAnswerBytes);
        }

        /** Returns how long a call can take in total. */
        Duration longestCall() {
            return connectTimeout.plus(readTimeout).plus(readTimeout);
        }
    }

    /**
     * The limits that protect a source.
     *
     * @param circuitOpenFor the longest pause between two probes while the circuit breaker is open
     * @param maxCalls the maximum number of concurrent calls, from all listeners of this process together; also the
     *     maximum number of connections
     * @param maxIds the maximum number of ids of one call, if the source has a method for several ids
     * @param maxRetryAfter the longest pause that the source can request with the header {@code Retry-After}
     */
    public record Protection(Duration circuitOpenFor, int maxCalls, int maxIds, Duration maxRetryAfter) {

        private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

        /** Creates protection with the default for the longest requested pause. */
        public Protection(Duration circuitOpenFor, int maxCalls, int maxIds) {
            this(circuitOpenFor, maxCalls, maxIds, RETRY_AFTER);
        }

        /** The protection of a source whose client the application creates itself and which has no settings. */
        public static final Protection DEFAULT = new Protection(Duration.ofSeconds(1), 256, 100);
    }
}
