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
 * @param connectTimeout How long a connection may take; 1 ms to 1 minute.
 * @param readTimeout How long the source may take to begin its answer, and again to finish it; 1 ms to 10 minutes. Less
 *     lets go sooner of a source that hangs and gives up on answers that are merely slow.
 * @param maxAnswerSize The longest answer that is read; a longer one is a failure of its id. Up to 1 GB.
 * @param maxBufferedSize How much of all answers may have been read while they are not complete; max-answer-size to 1 TB, by
 *     default 64 MB or max-answer-size if that is more. An answer waits for room. Less takes less memory and reads fewer
 *     large answers at once.
 * @param circuitOpenFor How long nothing is asked at most once a source is away (its last 5 calls did not reach it) or
 *     unwell (half of its last 50 calls failed), until one call tries it again; 100 ms to 10 minutes. It begins with 100
 *     ms and is doubled each time. Less finds sooner that the source is back and disturbs it more often.
 * @param maxCalls How many calls the source gets at once from all listeners of this process together, and how many
 *     connections are kept; 1 to 10000.
 * @param maxIds How many ids one call asks for, if the source can be asked for several; 1 to 10000. More makes fewer and
 *     larger calls, up to what the source's longest address or its database allow.
 * @param maxRetryAfter For how long the source is left alone at most if it asks for that by the header Retry-After, of
 *     429, or of another status while it is away; 0 to 1 hour. Less finds sooner that it is back and minds it less.
 * @param followRedirects Whether redirects within the source's scheme, host and port are followed. Others never are: they
 *     would take credentials along.
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

    private static final int MOST = 10_000;
    private static final int MOST_PORT = 65_535;
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
        Check.between(prefix + "max-calls", maxCalls, 1, MOST);
        Check.between(prefix + "max-ids", maxIds, 1, MOST);
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

    /** Leaves the address out, which may contain a password or a token. */
    @Override
    public String toString() {
        return "SourceProperties[connectTimeout=" + connectTimeout + ", readTimeout=" + readTimeout + ", maxAnswerSize="
                + maxAnswerSize + ", circuitOpenFor=" + circuitOpenFor + ", maxCalls=" + maxCalls + ", maxIds=" + maxIds
                + "]";
    }

    private static URI address(String property, String url, String name) {
        if (url.contains("@")) {
            throw new FailureAnalyzedException(
                    property + " has credentials in it, or another '@'.",
                    "Leave them out, and send them by a bean of type feign.RequestInterceptor, for example: new"
                            + " feign.auth.BasicAuthRequestInterceptor(user, password).");
        }
        try {
            URI address = new URI(url.strip());
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getPort() <= MOST_PORT) {
                return address;
            }
        } catch (URISyntaxException unreadable) {
            // said below
        }
        // not repeated: an address may contain a password or a token
        throw Check.wrong(property, "no http or https address", "an address such as http://" + name + ":8080");
    }
}
