package io.triggerquery.console.internal.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other origins from using the browser of a user who may operate.
 *
 * <p>Browsers say where a request comes from. Besides, an operation needs a token, which is in a cookie and in a
 * header: another origin can read neither. Since the cookie is the only memory of the token, any instance behind a load
 * balancer can check it, and no session is needed.
 *
 * <p>Threads: any.
 */
public final class SameOrigin {

    /** The cookie of the token. */
    public static final String COOKIE = "triggerquery-console";
    /** The header of the token. */
    public static final String HEADER = "X-Triggerquery-Token";

    private static final int BYTES = 24;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{32}");

    private final SecureRandom random = new SecureRandom();

    /** Returns why a request is refused as one of another origin, or null. */
    public @Nullable String refusal(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            boolean typed = site.equals("none") && request.getMethod().equals("GET");
            return site.equals("same-origin") || typed ? null : "The request comes from a page of another origin.";
        }
        String origin = request.getHeader("Origin");
        return origin == null || isOwn(origin, request) ? null : "The request comes from a page of another origin.";
    }

    /** Compares the host and the port: those that the browser has sent, and those that a proxy says it has. */
    private static boolean isOwn(String origin, HttpServletRequest request) {
        try {
            URI page = URI.create(origin);
            String host = request.getHeader("Host");
            return host != null && host.equalsIgnoreCase(page.getAuthority())
                    || request.getServerName().equalsIgnoreCase(page.getHost())
                            && request.getServerPort() == port(page);
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static int port(URI page) {
        return page.getPort() >= 0 ? page.getPort() : "https".equalsIgnoreCase(page.getScheme()) ? 443 : 80;
    }

    /** Returns the token of the browser, or null if it has none. */
    public @Nullable String token(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE)
                        && TOKEN.matcher(cookie.getValue()).matches()) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    /** Returns a new token. */
    public String newToken() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns whether a request has its token in both places. */
    public boolean hasToken(HttpServletRequest request) {
        String cookie = token(request);
        String header = request.getHeader(HEADER);
        return cookie != null
                && header != null
                && MessageDigest.isEqual(
                        cookie.getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }
}
