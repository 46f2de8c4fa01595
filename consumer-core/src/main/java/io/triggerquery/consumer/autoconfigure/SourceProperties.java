package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.query.SourceSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one source.
 *
 * @param url The base address, http or https. Required, unless the application has a bean of the source's type.
 * @param connectTimeout How long connecting may take; 1 ms to 1 minute.
 * @param readTimeout How long the source may take to begin its answer, and again to finish it; 1 ms to 10 minutes. A
 *     shorter time ends calls to a source that hangs sooner, but also calls that are merely slow.
 * @param maxAnswerSize The maximum size of an answer; a longer one is a failure of its id. Up to 1 GB.
 * @param maxBufferedSize How much of incomplete answers is buffered at most, for all answers of the source together;
 *     beyond it, answers wait. From max-answer-size to 1 TB; by default 64 MB, or max-answer-size if that is larger. A
 *     smaller size takes less memory and reads fewer large answers concurrently.
 * @param circuitOpenFor The longest pause between two probes while the source is unavailable (its last 5 calls did not
 *     reach it) or failing (half of its last 50 calls failed); 100 ms to 10 minutes. The first pause is 100 ms; each
 *     failed probe doubles it. A shorter pause detects sooner that the source is available again and queries it more
 *     often.
 * @param maxCalls The maximum number of concurrent calls to the source from all listeners of this process together, and
 *     of connections; 1 to 10000.
 * @param maxIds The maximum number of ids of one call, if the source has a method for several ids; 1 to 10000. A higher
 *     number makes fewer and larger calls; the source's maximum address length or its database may limit it.
 * @param maxRetryAfter The longest pause that the source can request with the header Retry-After, in an answer with
 *     status 429, or with another status while it is unavailable; 0 to 1 hour. A shorter pause detects sooner that the
 *     source is available again, but respects its request less.
 * @param followRedirects Whether redirects within the source's scheme, host and port are followed. Other redirects
 *     never are, since they would pass credentials to another host.
 */
public record SourceProperties(
        @Nullable String url,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("1MB") DataSize maxAnswerSize,
        @Nullable DataSize maxBufferedSize,
        @DefaultValue("500ms") Duration circuitOpenFor,
        @DefaultValue("256") int maxCalls,
        @DefaultValue("100") int maxIds,
        @DefaultValue("10s") Duration maxRetryAfter,
        @DefaultValue("false") boolean followRedirects) {

    private static final int MAX_COUNT = 10_000;
    private static final int MAX_PORT = 65_535;
    private static final long TERABYTE = 1L << 40;
    private static final Duration MILLI = Duration.ofMillis(1);

    SourceSettings toSettings(String name) {
        String prefix = "triggerquery.sources." + name + ".";
        URI address = url == null ? null : address(prefix + "url", url, name);
        Check.between(prefix + "connect-timeout", connectTimeout, MILLI, Duration.ofMinutes(1));
        Check.between(prefix + "read-timeout", readTimeout, MILLI, Duration.ofMinutes(10));
        Check.between(prefix + "circuit-open-for", circuitOpenFor, Duration.ofMillis(100), Duration.ofMinutes(10));
        Check.between(prefix + "max-answer-size", maxAnswerSize.toBytes(), 1, 1 << 30);
        Check.between(prefix + "max-buffered-size", buffered(), maxAnswerSize.toBytes(), TERABYTE);
        Check.between(prefix + "max-calls", maxCalls, 1, MAX_COUNT);
        Check.between(prefix + "max-ids", maxIds, 1, MAX_COUNT);
        Check.between(prefix + "max-retry-after", maxRetryAfter, Duration.ZERO, Duration.ofHours(1));
        return new SourceSettings(
                address,
                new SourceSettings.Limits(connectTimeout, readTimeout, (int) maxAnswerSize.toBytes(), buffered()),
                new SourceSettings.Protection(circuitOpenFor, maxCalls, maxIds, maxRetryAfter),
                followRedirects);
    }

    private long buffered() {
        return maxBufferedSize == null
                ? SourceSettings.Limits.buffered(maxAnswerSize.toBytes())
                : maxBufferedSize.toBytes();
    }

    /** Returns the settings without the address, which may contain a password or a token. */
    @Override
    public String toString() {
        return "SourceProperties[connectTimeout=" + connectTimeout + ", readTimeout=" + readTimeout + ", maxAnswerSize="
                + maxAnswerSize + ", circuitOpenFor=" + circuitOpenFor + ", maxCalls=" + maxCalls + ", maxIds=" + maxIds
                + "]";
    }

    private static URI address(String property, String url, String name) {
        if (url.contains("@")) {
            throw new FailureAnalyzedException(
                    property + " contains credentials, or another '@'.",
                    "Remove them, and send them with a bean of type feign.RequestInterceptor, for example: new"
                            + " feign.auth.BasicAuthRequestInterceptor(user, password).");
        }
        try {
            URI address = new URI(url.strip());
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getPort() <= MAX_PORT) {
                return address;
            }
        } catch (URISyntaxException unreadable) {
            // reported below
        }
        // the message omits the address, which may contain a password or a token
        throw Check.invalid(property, "not an http or https address", "an address such as http://" + name + ":8080");
    }
}
