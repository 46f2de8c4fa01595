package io.triggerquery.consumer.internal.query;

import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is likely to be a mistake in how a source is reached. Called once for each source. */
final class AccessWarnings {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private AccessWarnings() {}

    static void log(String sourceName, SourceSettings settings) {
        URI url = settings.url();
        if (url == null) {
            return;
        }
        if (settings.access().hasCredentials() && "http".equals(url.getScheme()) && !isLoopback(url.getHost())) {
            log.warn(
                    "The source {} receives its credentials unencrypted, since its address is http://{}. Anyone who can"
                            + " read the network can read them. Use https unless the connection is protected otherwise.",
                    sourceName,
                    url.getRawAuthority());
        }
        if (settings.access().proxy() == null) {
            SystemProxies.of(url)
                    .ifPresent(proxy -> log.warn(
                            "System properties name the proxy {} for the source {}. It is not used. Set"
                                    + " triggerquery.sources.{}.proxy.host and .port to use it, or exclude the host"
                                    + " with the system property http.nonProxyHosts.",
                            proxy.address(),
                            sourceName,
                            sourceName));
        }
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.startsWith("127.")
                || host.equals("[::1]")
                || host.endsWith(".localhost");
    }
}
