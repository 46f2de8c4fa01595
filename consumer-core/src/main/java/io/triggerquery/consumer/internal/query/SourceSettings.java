package io.triggerquery.consumer.internal.query;

import feign.Request;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one source.
 *
 * @param url the base address of the source, or null if the application creates the client itself
 * @param limits the maximum duration of a call and the maximum size of its answer
 * @param protection the limits that protect the source
 * @param followRedirects whether redirects within the same scheme, host and port are followed; others never are
 * @param access the credentials and the route
 * @param written the names of the other properties that were set, for example {@code read-timeout}
 */
public record SourceSettings(
        @Nullable URI url,
        Limits limits,
        Protection protection,
        boolean followRedirects,
        SourceAccess access,
        Set<String> written) {

    static final String URL = "url";
    static final String MAX_IDS = "max-ids";

    /** The properties of the HTTP client, beside those of its access. */
    private static final List<String> HTTP =
            List.of("connect-timeout", "read-timeout", "max-answer-size", "max-buffered-size", "follow-redirects");

    /** The settings of a source without settings, whose client the application creates itself. */
    public static final SourceSettings DEFAULT = new SourceSettings(
            null, new Limits(Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20), Protection.DEFAULT);

    /** Creates settings of which none was set by a property. */
    public SourceSettings(
            @Nullable URI url, Limits limits, Protection protection, boolean followRedirects, SourceAccess access) {
        this(url, limits, protection, followRedirects, access, Set.of());
    }

    /** Creates settings without credentials and proxy. */
    public SourceSettings(@Nullable URI url, Limits limits, Protection protection, boolean followRedirects) {
        this(url, limits, protection, followRedirects, SourceAccess.PLAIN);
    }

    /** Creates settings that also follow no redirects. */
    public SourceSettings(@Nullable URI url, Limits limits, Protection protection) {
        this(url, limits, protection, false);
    }

    /** Returns the names of the properties without an effect if the application provides the whole client. */
    List<String> ofOwnClient() {
        Stream<String> http = Stream.concat(Stream.of(URL), HTTP.stream()).filter(written::contains);
        return Stream.concat(http, access.properties().stream()).toList();
    }

    /**
     * Returns the settings with which a Feign client of the application is called. Its own time limits and its own
     * choice about redirects apply; a time limit of these settings can only shorten them.
     *
     * @param address the address that the client has
     * @param options the client's options, in which zero means no limit
     * @param longest the longest time limit
     */
    SourceSettings with(URI address, Request.Options options, Duration longest) {
        var times = new Limits(
                shortest("connect-timeout", limits.connectTimeout(), options.connectTimeoutMillis(), longest),
                shortest("read-timeout", limits.readTimeout(), options.readTimeoutMillis(), longest),
                limits.maxAnswerBytes(),
                limits.maxBufferedBytes());
        boolean follow = written.contains("follow-redirects") ? followRedirects : options.isFollowRedirects();
        return new SourceSettings(address, times, protection, follow, access, written);
    }

    private Duration shortest(String property, Duration set, int millis, Duration longest) {
        return Stream.of(Duration.ofMillis(millis), set, longest)
                .filter(limit -> limit != set || written.contains(property))
                .filter(limit -> !limit.isZero())
                .min(Comparator.naturalOrder())
                .orElse(longest);
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

        /** The defaults of the settings, for a source without settings, whose client the application creates itself. */
        public static final Protection DEFAULT = new Protection(Duration.ofMillis(500), 256, 100);
    }
}
