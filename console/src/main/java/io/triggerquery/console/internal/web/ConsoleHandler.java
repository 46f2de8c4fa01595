package io.triggerquery.console.internal.web;

import io.triggerquery.console.internal.access.Access;
import io.triggerquery.console.internal.access.Rights;
import io.triggerquery.console.internal.access.SameOrigin;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Answers all requests to the console. Each, also one for a file, needs the right to read.
 *
 * <p>Threads: any.
 */
final class ConsoleHandler {

    private static final String API = "api/";

    private final Access access;
    private final SameOrigin sameOrigin;
    private final StaticFiles files;
    private final Api api;

    ConsoleHandler(Access access, SameOrigin sameOrigin, StaticFiles files, Api api) {
        this.access = access;
        this.sameOrigin = sameOrigin;
        this.files = files;
        this.api = api;
    }

    /**
     * Answers a request.
     *
     * @param name what follows the console's path
     */
    ServerResponse answer(ServerRequest request, String name) {
        HttpServletRequest received = request.servletRequest();
        Rights rights = access.of(received);
        boolean isApi = name.startsWith(API);
        if (rights.mayNotRead() != null) {
            int status = access.hasUsers() && rights.user() == null ? 401 : 403;
            return isApi ? api.refusal(status, rights.mayNotRead()) : Reply.text(status, rights.mayNotRead());
        }
        if (isApi) {
            String foreign = sameOrigin.refusal(received);
            return foreign == null
                    ? api.answer(request, rights, name.substring(API.length()))
                    : api.refusal(403, foreign);
        }
        return file(request, name);
    }

    private ServerResponse file(ServerRequest request, String name) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            return Reply.text(405, "Only GET is possible here.").with(HttpHeaders.ALLOW, "GET, HEAD");
        }
        HttpServletRequest received = request.servletRequest();
        Reply file = files.get(
                name.isEmpty() ? "index.html" : name,
                header(received, "If-None-Match"),
                header(received, "Accept-Encoding"));
        return file == null ? Reply.text(404, "The console has no such page.") : file;
    }

    private static @Nullable String header(HttpServletRequest request, String name) {
        return request.getHeader(name);
    }
}
