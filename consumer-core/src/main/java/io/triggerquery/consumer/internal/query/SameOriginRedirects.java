package io.triggerquery.consumer.internal.query;

import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Follows redirects within one scheme, host and port. The HTTP client's own strategy also follows redirects to other
 * hosts, and sends them every header except {@code Authorization} and {@code Cookie}.
 *
 * <p>Threads: any.
 */
final class SameOriginRedirects extends DefaultRedirectStrategy {

    @Override
    public boolean isRedirectAllowed(HttpHost from, HttpHost to, HttpRequest redirect, HttpContext context) {
        return from.getSchemeName().equalsIgnoreCase(to.getSchemeName())
                && from.getHostName().equalsIgnoreCase(to.getHostName())
                && port(from) == port(to);
    }

    private static int port(HttpHost host) {
        return DefaultSchemePortResolver.INSTANCE.resolve(host);
    }
}
