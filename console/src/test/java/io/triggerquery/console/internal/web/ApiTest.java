package io.triggerquery.console.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.console.internal.access.LocalAccess;
import io.triggerquery.console.internal.live.Overviews;
import io.triggerquery.console.internal.live.StreamThreads;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.databind.json.JsonMapper;

class ApiTest {

    @Test
    void rejectsStreamBehindFilterWithoutAsyncSupport() throws Exception {
        var overviews = new Overviews(List.of(), JsonMapper.shared(), InstantSource.system());
        var request = new MockHttpServletRequest("GET", "/triggerquery/api/events");
        request.setAsyncSupported(false);
        var received = ServerRequest.create(request, List.of());
        try (var threads = new StreamThreads(overviews)) {
            var answer = ConsoleRoutes.of("/triggerquery", null, new LocalAccess(true), overviews, threads.streams())
                    .route(received)
                    .orElseThrow()
                    .handle(received);

            assertThat(answer.statusCode().value()).isEqualTo(501);
        }
    }
}
