package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.query.SourceSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one source.
 *
 * @param url The base address, http or https. Required, unless the application has a bean of the source's type, with
 *     which it stops the start.
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
 *     status 429, or with another status if the call before, for another id, could not reach it either; 0 to 1 hour. A
 *     shorter pause detects sooner that the source is available again, but respects its request less.
 * @param followRedirects Whether redirects within the source's scheme, host and port are followed. Other redirects
 *     never are, since they would pass credentials to another host.
 * @param bearerToken The token that each request contains, as "Authorization: Bearer TOKEN".
 * @param bearerTokenFile A file with that token, such as a projected token of Kubernetes. It is read again when more
 *     than a second has passed.
 * @param basic The name and password of HTTP's basic authentication.
 * @param headers Headers of each request, by name, for example an API key. Their values are treated as secrets. They
 *     replace headers of the same name that the interface or an interceptor sets.
 * @param sslBundle The name of the SSL bundle (spring.ssl.bundle) with the certificates that are trusted and, for
 *     mutual TLS, the client's own. By default the certificates that the process trusts. If the bundle is reloaded, new
 *     connections use the new certificates.
 * @param proxy The HTTP proxy. Proxies that system properties name are not used.
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
        @DefaultValue("false") boolean followRedirects,
        @Nullable String bearerToken,
        @Nullable String bearerTokenFile,
        @Nullable BasicProperties basic,
        @Nullable Map<String, String> headers,
        @Nullable String sslBundle,
        @Nullable ProxyProperties proxy) {

    private static final int MAX_COUNT = 10_000;
    private static final int MAX_PORT = 65_535;
    private static final long TERABYTE = 1L << 40;
    private static final Duration MILLI = Duration.ofMillis(1);

    /**
     * Basic authentication.
     *
     * @param username The name.
     * @param password The password.
     */
    public record BasicProperties(
            @Nullable String username, @Nullable String password) {

        /** Returns no value, because both may be secrets. */
        @Override
        public String toString() {
            return "BasicProperties[]";
        }
    }

    /**
     * An HTTP proxy.
     *
     * @param host The name or address of the proxy's host.
     * @param port Its port; 1 to 65535.
     * @param username The name for basic authentication at the proxy. By default the proxy needs none.
     * @param password The password for it.
     */
    public record ProxyProperties(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable String password) {

        /** Returns the host and the port only, because the others are secrets. */
        @Override
        public String toString() {
            return "ProxyProperties[host=" + host + ", port=" + port + "]";
        }
    }

    /**
     * Validates and converts the settings.
     *
     * @param name the name of the source
     * @param written the names of those that are written somewhere, and not only defaults
     */
    SourceSettings toSettings(String name, Set<String> written) {
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
                followRedirects,
                new SourceAccessCheck(prefix, this).access(address),
                written);
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

    /** Returns the part of an address before the path, even if the address is not valid. */
    private static String host(String url) {
        String[] parts = url.strip().split("://", 2);
        return parts[parts.length - 1].split("[/?#]", 2)[0];
    }

    private static URI address(String property, String url, String name) {
        if (host(url).contains("@")) {
            String prefix = "triggerquery.sources." + name + ".";
            throw new FailureAnalyzedException(
                    property + " contains credentials, or another '@' before the path.",
                    "Remove them, and set " + prefix + "basic.username and " + prefix + "basic.password, or " + prefix
                            + "bearer-token.");
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
