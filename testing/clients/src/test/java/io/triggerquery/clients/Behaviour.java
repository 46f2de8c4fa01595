package io.triggerquery.clients;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A behaviour of the server, and its meaning for the listener, which is the same for every client. */
enum Behaviour {
    FOUND(200, "{\"id\":\"%s\"}", "found, CLOSED"),
    NOT_FOUND_WITH_HEADER(404, "{}", "absent since 17, CLOSED", "Trigger-Query-Absent", "17"),
    NOT_FOUND(404, "{}", "RETRYABLE, CLOSED"),
    GONE(410, "{}", "REJECTED, CLOSED"),
    UNAUTHORIZED(401, "{}", "UNAVAILABLE, OPEN"),
    FORBIDDEN(403, "{}", "RETRYABLE, CLOSED"),
    TOO_MANY(429, "{}", "UNAVAILABLE, pause", "Retry-After", "5"),
    INTERNAL_ERROR(500, "{}", "RETRYABLE, OPEN"),
    SERVICE_UNAVAILABLE(503, "{}", "UNAVAILABLE, OPEN"),
    HANGS(0, "", "UNAVAILABLE, OPEN"),
    REFUSES_CONNECTIONS(0, "", "UNAVAILABLE, OPEN"),
    CUTS_THE_ANSWER(200, "{\"id\":\"", "UNAVAILABLE, OPEN"),
    BROKEN_JSON(200, "{\"id\":\"%s\",", "RETRYABLE, CLOSED"),
    PAGE(200, "<html>log in</html>", "UNAVAILABLE, OPEN", "Content-Type", "text/html"),
    PAGE_AS_JSON(200, "<html>log in</html>", "UNAVAILABLE, OPEN"),
    OTHER_ID(200, "{\"id\":\"other\"}", "RETRYABLE, CLOSED"),
    NULLS(200, "{}", "RETRYABLE, CLOSED"),
    EMPTY_BODY(200, "", "RETRYABLE, CLOSED"),
    NO_CONTENT(204, "", "RETRYABLE, CLOSED"),
    REDIRECT_TO_LOGIN(302, "", "UNAVAILABLE, OPEN", "Location", "/PAGE");

    private static final int CUT_LENGTH = 1_000;

    final String meaning;
    private final int status;
    private final String body;
    private final String[] header;

    Behaviour(int status, String body, String meaning, String... header) {
        this.status = status;
        this.body = body;
        this.meaning = meaning;
        this.header = header;
    }

    void answer(HttpExchange exchange, String id) throws IOException {
        byte[] bytes = body.formatted(id).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (header.length > 0) {
            exchange.getResponseHeaders().set(header[0], header[1]);
        }
        boolean cut = this == CUTS_THE_ANSWER;
        exchange.sendResponseHeaders(status, cut ? CUT_LENGTH : bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
        }
    }
}
