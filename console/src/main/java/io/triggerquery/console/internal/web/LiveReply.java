package io.triggerquery.console.internal.web;

import io.triggerquery.console.internal.live.EventStreams;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/** The answer that goes on: server-sent events. */
final class LiveReply implements ServerResponse {

    /** Longer than a stream lasts, so that the server's own limit, which is a failure, is not reached. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final ServerResponse events;

    LiveReply(EventStreams streams) {
        this.events = ServerResponse.sse(browser -> connect(browser, streams), LONGEST);
    }

    private static void connect(SseBuilder browser, EventStreams streams) {
        Runnable gone = streams.add(new EventStreams.Sink() {
            @Override
            public void send(String event, String data) throws IOException {
                browser.event(event).data(data);
            }

            @Override
            public void end() {
                browser.complete();
            }
        });
        if (gone == null) {
            browser.complete();
            return;
        }
        browser.onComplete(gone);
        browser.onTimeout(gone);
        browser.onError(failure -> gone.run());
    }

    @Override
    public HttpStatusCode statusCode() {
        return events.statusCode();
    }

    @Override
    public HttpHeaders headers() {
        return events.headers();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return events.cookies();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws ServletException, IOException {
        Reply.protect(response);
        // so that nginx sends each event at once
        response.setHeader("X-Accel-Buffering", "no");
        return events.writeTo(request, response, context);
    }
}
