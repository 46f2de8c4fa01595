package io.triggerquery.consumer.internal.query;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credentials and the route with which a source is called.
 *
 * @param headers the headers of each request, including {@code Authorization} for fixed credentials; they replace
 *     headers of the same name that the interface or an interceptor sets
 * @param tokenFile the file with the bearer token, or null
 * @param sslBundle the name of the SSL bundle, or null for the certificates that the process trusts
 * @param proxy the proxy, or null for direct connections
 * @param properties the names of the properties that were set
 */
public record SourceAccess(
        Map<String, String> headers,
        @Nullable Path tokenFile,
        @Nullable String sslBundle,
        @Nullable Proxy proxy,
        List<String> properties) {

    /** Direct connections without credentials. */
    public static final SourceAccess PLAIN = new SourceAccess(Map.of(), null, null, null, List.of());

    /**
     * An HTTP proxy. For a source with an https address it is asked for a tunnel, and sees nothing else.
     *
     * @param user the name for basic authentication at the proxy, or null
     * @param password its password, or null
     */
    public record Proxy(
            String host,
            int port,
            @Nullable String user,
            @Nullable String password) {

        /** Returns the address without the credentials. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Returns whether each request contains credentials. */
    boolean hasCredentials() {
        return tokenFile != null
                || headers.keySet().stream()
                        .anyMatch(name -> name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Cookie"));
    }

    /** Returns the names of the properties, without their values. */
    @Override
    public String toString() {
        return "SourceAccess" + properties;
    }
}
