package io.triggerquery.console.internal.web;

import io.triggerquery.console.internal.access.Access;
import io.triggerquery.console.internal.access.SameOrigin;
import io.triggerquery.console.internal.live.EventStreams;
import io.triggerquery.console.internal.live.Overviews;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The addresses of the console. */
public final class ConsoleRoutes {

    private static final String REST = "rest";

    private ConsoleRoutes() {}

    /**
     * Returns the routes.
     *
     * @param path where the console is, with a slash before and none after it
     * @param application the name of the application, or null
     */
    public static RouterFunction<ServerResponse> of(
            String path, @Nullable String application, Access access, Overviews overviews, EventStreams streams) {
        var sameOrigin = new SameOrigin();
        var handler = new ConsoleHandler(
                access, sameOrigin, new StaticFiles(), new Api(application, overviews, streams, sameOrigin));
        return RouterFunctions.route(RequestPredicates.path(path + "/{*" + REST + "}"), request -> {
            String rest = request.pathVariable(REST);
            return rest.isEmpty() ? withSlash(path) : handler.answer(request, rest.substring(1));
        });
    }

    /** Redirects to the same path with a slash, to which the addresses in the page are relative. */
    private static ServerResponse withSlash(String path) {
        // relative too, since a proxy may have put something before the path
        String relative = path.substring(path.lastIndexOf('/') + 1) + "/";
        return Reply.text(302, relative).with(HttpHeaders.LOCATION, relative);
    }
}
