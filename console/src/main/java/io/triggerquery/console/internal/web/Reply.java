package io.triggerquery.console.internal.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An answer as it is sent, whatever message converters and advice the application has for its own.
 *
 * @param statusCode the status
 * @param headers the headers, to which those of every answer are added
 * @param body the body
 */
record Reply(HttpStatusCode statusCode, HttpHeaders headers, byte[] body) implements ServerResponse {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    static Reply of(int status, String type, byte[] body) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, type);
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        return new Reply(HttpStatusCode.valueOf(status), headers, body);
    }

    static Reply text(int status, String sentence) {
        return of(status, "text/plain;charset=UTF-8", sentence.getBytes(StandardCharsets.UTF_8));
    }

    Reply with(String header, String value) {
        headers.set(header, value);
        return this;
    }

    /** Adds the headers of every answer. */
    static void protect(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** Keeps the cookies of filters, such as the session's. */
    private static void set(HttpServletResponse response, String name, String value) {
        if (name.equalsIgnoreCase(HttpHeaders.SET_COOKIE)) {
            response.addHeader(name, value);
        } else {
            response.setHeader(name, value);
        }
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws IOException {
        protect(response);
        response.setStatus(statusCode.value());
        headers.forEach((name, values) -> values.forEach(value -> set(response, name, value)));
        if (statusCode.value() != HttpServletResponse.SC_NOT_MODIFIED) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
        return null;
    }
}
