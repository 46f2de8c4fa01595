package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.autoconfigure.SourceProperties.BasicProperties;
import io.triggerquery.consumer.autoconfigure.SourceProperties.ProxyProperties;
import io.triggerquery.consumer.internal.query.SourceAccess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Validates the credentials, the headers and the route of a source. No message contains a value. */
final class SourceAccessCheck {

    private static final String AUTHORIZATION = "Authorization";
    private static final int MAX_PORT = 65_535;

    /** The headers that the HTTP client sets, or that would change the meaning of an answer. */
    private static final Set<String> RESERVED = Set.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "expect",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final String prefix;
    private final SourceProperties settings;
    private final List<String> properties = new ArrayList<>();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable String authorizedBy;

    SourceAccessCheck(String prefix, SourceProperties settings) {
        this.prefix = prefix;
        this.settings = settings;
    }

    /**
     * Validates and converts the settings.
     *
     * @param url the address of the source, or null
     * @throws FailureAnalyzedException if one is wrong
     */
    SourceAccess access(@Nullable URI url) {
        addHeaders(settings.headers() == null ? Map.of() : settings.headers());
        addBearerToken(settings.bearerToken());
        addBasic(settings.basic());
        Path tokenFile = tokenFile(settings.bearerTokenFile());
        String sslBundle = sslBundle(settings.sslBundle(), url);
        SourceAccess.Proxy proxy = proxy(settings.proxy());
        return new SourceAccess(headers, tokenFile, sslBundle, proxy, List.copyOf(properties));
    }

    private void addBearerToken(@Nullable String token) {
        if (token != null) {
            authorize("bearer-token");
            requireAscii("bearer-token", token);
            if (token.indexOf(' ') >= 0) {
                throw wrong("bearer-token", "contains a space", "Set it to the token alone, without the word Bearer.");
            }
            headers.put(AUTHORIZATION, "Bearer " + token);
        }
    }

    private void addBasic(@Nullable BasicProperties basic) {
        if (basic != null) {
            authorize("basic");
            String username = required("basic.username", basic.username());
            String password = required("basic.password", basic.password());
            if (username.indexOf(':') >= 0) {
                throw wrong("basic.username", "contains a colon", "Basic authentication cannot send such a name.");
            }
            byte[] both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            headers.put(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(both));
        }
    }

    private void addHeaders(Map<String, String> given) {
        given.forEach((name, value) -> {
            String property = "headers." + name;
            properties.add(property);
            if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw wrong(property, "is a header that the HTTP client sets itself", "Remove it.");
            }
            if (!name.matches("[A-Za-z0-9!#$%&'*+^_`|~-]+")) {
                throw wrong(
                        property,
                        "is not a header: its name may contain letters, digits and dashes only",
                        "An environment variable cannot name a header with a dash; set the header in a file, and only"
                                + " its value by a variable: headers.X-Api-Key=${API_KEY}");
            }
            requireAscii(property, value);
            if (headers.put(name, value) != null) {
                throw wrong(property, "is set twice, in upper and lower case", "Remove one.");
            }
            if (name.equalsIgnoreCase(AUTHORIZATION)) {
                authorizedBy = property;
            }
        });
    }

    private @Nullable Path tokenFile(@Nullable String file) {
        if (file == null) {
            return null;
        }
        authorize("bearer-token-file");
        requireText("bearer-token-file", file);
        try {
            return Path.of(file.startsWith("file:") ? file.substring("file:".length()) : file);
        } catch (InvalidPathException invalid) {
            throw wrong("bearer-token-file", "is not a path", "Set it to the path of a file.");
        }
    }

    private @Nullable String sslBundle(@Nullable String bundle, @Nullable URI url) {
        if (bundle == null) {
            return null;
        }
        properties.add("ssl-bundle");
        requireText("ssl-bundle", bundle);
        if (url != null && !"https".equals(url.getScheme())) {
            throw wrong(
                    "ssl-bundle",
                    "would have no effect, because " + prefix + "url is not an https address",
                    "Change the address to https, or remove the bundle.");
        }
        return bundle;
    }

    private SourceAccess.@Nullable Proxy proxy(@Nullable ProxyProperties proxy) {
        if (proxy == null) {
            return null;
        }
        properties.add("proxy");
        String host = required("proxy.host", proxy.host());
        if (!host.matches("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?")) {
            throw wrong(
                    "proxy.host",
                    "is not the name or address of a host",
                    "Set it to the host alone, without http://, port or credentials; there are proxy.port,"
                            + " proxy.username and proxy.password.");
        }
        if (proxy.port() == null) {
            throw Check.invalid(prefix + "proxy.port", null, "from 1 to " + MAX_PORT);
        }
        Check.between(prefix + "proxy.port", proxy.port(), 1, MAX_PORT);
        if (proxy.username() == null && proxy.password() == null) {
            return new SourceAccess.Proxy(host, proxy.port(), null, null);
        }
        String username = required("proxy.username", proxy.username());
        String password = required("proxy.password", proxy.password());
        return new SourceAccess.Proxy(host, proxy.port(), username, password);
    }

    private void authorize(String property) {
        properties.add(property);
        if (authorizedBy != null) {
            throw new FailureAnalyzedException(
                    prefix + authorizedBy + " and " + prefix + property
                            + " are both set, and both make the header Authorization.",
                    "Remove one of them.");
        }
        authorizedBy = property;
    }

    private String required(String property, @Nullable String value) {
        if (value == null) {
            throw wrong(property, "is missing", "Set it.");
        }
        requireText(property, value);
        return value;
    }

    private void requireAscii(String property, String value) {
        requireText(property, value);
        if (!value.chars().allMatch(c -> c <= '~')) {
            throw wrong(property, "contains a character that is not ASCII", "A header cannot contain it. Remove it.");
        }
    }

    private void requireText(String property, String value) {
        if (value.isBlank()) {
            throw wrong(property, "is empty", "Set it, or remove it. If it comes from a variable, set that variable.");
        }
        if (value.contains("${")) {
            throw wrong(property, "contains a placeholder that nothing resolves", "Set the variable that it names.");
        }
        if (!value.equals(value.strip()) || value.chars().anyMatch(Character::isISOControl)) {
            throw wrong(
                    property,
                    "contains a line break or another control character, or a space at its beginning or end",
                    "Remove it. A value that was read from a file often ends with a line break.");
        }
    }

    private FailureAnalyzedException wrong(String property, String problem, String action) {
        return new FailureAnalyzedException(prefix + property + " " + problem + ".", action);
    }
}
