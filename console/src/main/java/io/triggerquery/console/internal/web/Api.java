package io.triggerquery.console.internal.web;

import io.triggerquery.console.internal.access.Rights;
import io.triggerquery.console.internal.access.SameOrigin;
import io.triggerquery.console.internal.live.EventStreams;
import io.triggerquery.console.internal.live.Overviews;
import io.triggerquery.console.internal.part.ConsolePart;
import io.triggerquery.console.internal.part.Parameters;
import io.triggerquery.console.internal.part.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The requests of the page.
 *
 * <table>
 *   <caption>Below {@code api/}</caption>
 *   <tr><td>{@code GET session}</td><td>the user, the rights, the tokens and the parts</td></tr>
 *   <tr><td>{@code GET overview}</td><td>what the overview shows</td></tr>
 *   <tr><td>{@code GET events}</td><td>the same again and again, as server-sent events</td></tr>
 *   <tr><td>{@code GET PART?…}</td><td>a view of a part</td></tr>
 *   <tr><td>{@code POST PART} with a JSON object of texts</td><td>an operation on a part</td></tr>
 * </table>
 *
 * <p>Threads: any.
 */
final class Api {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.console");
    private static final String UNKNOWN_USER = "unknown";

    private final @Nullable String application;
    private final Overviews overviews;
    private final EventStreams streams;
    private final SameOrigin sameOrigin;

    Api(@Nullable String application, Overviews overviews, EventStreams streams, SameOrigin sameOrigin) {
        this.application = application;
        this.overviews = overviews;
        this.streams = streams;
        this.sameOrigin = sameOrigin;
    }

    private record Refusal(String error) {}

    Reply refusal(int status, String sentence) {
        return json(status, new Refusal(sentence));
    }

    private Reply json(int status, Object body) {
        return Reply.of(status, "application/json", overviews.json().writeValueAsBytes(body));
    }

    /** Answers a request of a user who may read. */
    ServerResponse answer(ServerRequest request, Rights rights, String name) {
        try {
            return request.method() == HttpMethod.GET
                    ? get(request, rights, name)
                    : request.method() == HttpMethod.POST
                            ? post(request, rights, name)
                            : refusal(405, "Only GET and POST are possible here.")
                                    .with(HttpHeaders.ALLOW, "GET, POST");
        } catch (RefusedException refused) {
            return refusal(refused.status(), String.valueOf(refused.getMessage()));
        } catch (RuntimeException failure) {
            log.warn("The console could not answer a request", failure);
            return refusal(500, "The application failed to answer; its log says why.");
        }
    }

    private ServerResponse get(ServerRequest request, Rights rights, String name) {
        return switch (name) {
            case "session" -> session(request, rights);
            case "overview" -> json(200, overviews.take());
            case "events" -> events(request.servletRequest());
            default -> json(200, part(name).view(new Parameters(request.params().toSingleValueMap())));
        };
    }

    private ServerResponse session(ServerRequest request, Rights rights) {
        String known = sameOrigin.token(request.servletRequest());
        String token = known == null ? sameOrigin.newToken() : known;
        var session = Session.of(application, rights, token, request.servletRequest(), overviews.parts());
        // without a path it is sent to the API only, whatever a proxy has put before the path
        ResponseCookie cookie = ResponseCookie.from(SameOrigin.COOKIE, token)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.servletRequest().isSecure())
                .build();
        return json(200, session).with(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private ServerResponse events(HttpServletRequest request) {
        if (!request.isAsyncSupported()) {
            return refusal(501, "A filter of the application does not support asynchronous requests.");
        }
        return streams.hasRoom()
                ? new LiveReply(streams)
                : refusal(503, "Too many consoles are open.").with(HttpHeaders.RETRY_AFTER, "10");
    }

    private ServerResponse post(ServerRequest request, Rights rights, String name) {
        if (rights.mayNotOperate() != null) {
            return refusal(403, rights.mayNotOperate());
        }
        String type = request.servletRequest().getContentType();
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            return refusal(415, "The body of an operation must be a JSON object.");
        }
        if (!sameOrigin.hasToken(request.servletRequest())) {
            return refusal(403, "The token of the page is missing or old. Reload the page.");
        }
        ConsolePart part = part(name);
        String readOnly = part.readOnlyBecause();
        if (readOnly != null) {
            return refusal(403, readOnly);
        }
        String user = rights.user() == null ? UNKNOWN_USER : rights.user();
        return json(200, part.operate(user, new OperationBody(overviews.json()).read(request.servletRequest())));
    }

    private ConsolePart part(String name) {
        return overviews.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new RefusedException(RefusedException.UNKNOWN, "There is nothing with this address."));
    }
}
