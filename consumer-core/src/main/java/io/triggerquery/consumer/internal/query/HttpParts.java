package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.spi.HttpClientCustomizer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/**
 * The parts of the application that HTTP clients are created with.
 *
 * @param bundles the SSL bundles, or null if there are none
 * @param customizers the customizers, in their order
 */
public record HttpParts(@Nullable SslBundles bundles, List<HttpClientCustomizer> customizers) {

    /** Returns no parts. */
    public static HttpParts none() {
        return new HttpParts(null, List.of());
    }

    /**
     * Returns the certificates for a source.
     *
     * @param bundle the name of an SSL bundle, or null
     * @throws FailureAnalyzedException if there is no such bundle
     */
    Tls tls(String sourceName, @Nullable String bundle) {
        if (bundle == null) {
            return new Tls(null, "");
        }
        try {
            if (bundles != null) {
                bundles.getBundle(bundle);
                return new Tls(bundles, bundle);
            }
        } catch (NoSuchSslBundleException missing) {
            // reported below
        }
        throw new FailureAnalyzedException(
                "triggerquery.sources." + sourceName + ".ssl-bundle is '" + bundle
                        + "', but there is no SSL bundle of that name.",
                bundles == null || bundles.getBundleNames().isEmpty()
                        ? "Define it below spring.ssl.bundle."
                        : "Define it below spring.ssl.bundle, or name one of those: "
                                + String.join(", ", bundles.getBundleNames()) + ".");
    }
}
