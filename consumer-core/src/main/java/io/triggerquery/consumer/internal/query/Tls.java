package io.triggerquery.consumer.internal.query;

import java.util.function.Consumer;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The certificates of a source's connections.
 *
 * @param bundles the SSL bundles of the application, or null to trust whom the process trusts
 * @param bundle the name of the bundle
 */
record Tls(@Nullable SslBundles bundles, String bundle) {

    /** Returns the strategy for new connections with the current certificates; null for the HTTP client's own. */
    @Nullable
    TlsStrategy strategy() {
        if (bundles == null) {
            return null;
        }
        SslBundle current = bundles.getBundle(bundle);
        return ClientTlsStrategyBuilder.create()
                .setSslContext(current.createSslContext())
                .setTlsVersions(current.getOptions().getEnabledProtocols())
                .setCiphers(current.getOptions().getCiphers())
                .buildAsync();
    }

    /** Calls a handler with a description, after each change of the certificates. */
    void onChange(Consumer<String> handler) {
        if (bundles != null) {
            bundles.addBundleUpdateHandler(bundle, changed -> handler.accept("The SSL bundle '" + bundle + "'"));
        }
    }
}
