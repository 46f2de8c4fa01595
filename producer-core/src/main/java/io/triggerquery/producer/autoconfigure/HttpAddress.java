package io.triggerquery.producer.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses addresses without repeating them in exceptions, because they may contain a password or a token. */
final class HttpAddress {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private HttpAddress() {}

    /** Returns the address; null if it is not an http or https address. */
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
