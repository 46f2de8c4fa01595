package io.triggerquery.consumer.internal.query;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Optional;

/** Finds the proxies in system properties, which the HTTP clients of sources do not use. */
public final class SystemProxies {

    private SystemProxies() {}

    /** Returns the proxy for an address, or empty if there is none. */
    public static Optional<Proxy> of(URI url) {
        ProxySelector selector = ProxySelector.getDefault();
        return selector == null
                ? Optional.empty()
                : selector.select(url).stream()
                        .filter(proxy -> proxy.type() != Proxy.Type.DIRECT)
                        .findFirst();
    }
}
