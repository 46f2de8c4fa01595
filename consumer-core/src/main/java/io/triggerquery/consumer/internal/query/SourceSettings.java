package io.triggerquery.consumer.internal.query;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one source.
 *
 * @param url its base address, or null if the application makes the client itself
 * @param limits how long a call may take and how much it may bring
 * @param protection what is asked of it at most
 * @param followRedirects whether redirects within its scheme, host and port are followed; others never are
 */
public record SourceSettings(@Nullable URI url, Limits limits, Protection protection, boolean followRedirects) {

    /** Without redirects. */
    public SourceSettings(@Nullable URI url, Limits limits, Protection protection) {
        this(url, limits, protection, false);
    }

    /** Leaves the address out, which may contain a password or a token. */
    @Override
    public String toString() {
        return "SourceSettings[" + limits + ", " + protection + "]";
    }

    /**
     * How long a call may take and how much it may bring.
     *
     * @param connectTimeout how long a connection may take
     * @param readTimeout how long the source may take to begin its answer, and again to finish it
     * @param maxAnswerBytes a longer answer is refused, so that no answer can fill the memory
     * @param maxBufferedBytes how much of all answers together may have been read while none of them is complete; an answer
     *     waits for room. At least maxAnswerBytes
     */
    public record Limits(Duration connectTimeout, Duration readTimeout, int maxAnswerBytes, long maxBufferedBytes) {

        private static final long BUFFERED_BYTES = 64L << 20;

        /** With the default for all answers together. */
        public Limits(Duration connectTimeout, Duration readTimeout, int maxAnswerBytes) {
            this(connectTimeout, readTimeout, maxAnswerBytes, buffered(maxAnswerBytes));
        }

        /** The default for all answers together: 64 MB, or one of the longest answers. */
        public static long buffered(long maxAnswerBytes) {
            return Math.max(BUFFERED_BYTES, maxAnswerBytes);
        }

        /** How long a call can take in all. */
        Duration longestCall() {
            return connectTimeout.plus(readTimeout).plus(readTimeout);
        }
    }

    /**
     * What is asked of a source at most.
     *
     * @param circuitOpenFor the longest pause between two probes of a source that has failed too often
     * @param maxCalls how many calls it gets at once, from all listeners of this process together; so many connections
     *     are kept at most
     * @param maxIds how many ids one call asks for, if the source can be asked for several
     * @param maxRetryAfter for how long it is left alone at most if it asks for that
     */
    public record Protection(Duration circuitOpenFor, int maxCalls, int maxIds, Duration maxRetryAfter) {

        private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

        /** With the default for how long it is left alone. */
        public Protection(Duration circuitOpenFor, int maxCalls, int maxIds) {
            this(circuitOpenFor, maxCalls, maxIds, RETRY_AFTER);
        }

        /** For a source whose client the application makes itself and which has no settings. */
        public static final Protection DEFAULT = new Protection(Duration.ofSeconds(1), 256, 100);
    }
}
