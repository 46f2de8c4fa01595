package io.triggerquery.producer.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses addresses without repeating them in exceptions: they may contain a password or a token. */
final class HttpAddress {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private HttpAddress() {}

    /** The address, or null if it is none of http or https. */
    static @Nullable URI of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            URI address = new URI(text.strip());
            return address.getHost() != null && SCHEMES.contains(address.getScheme()) ? address : null;
        } catch (URISyntaxException unreadable) {
            return null;
        }
    }
}
