package io.triggerquery.demo.support;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Applies the current {@link Faults} to queries only. */
@Profile("demo")
final class FaultsInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    private final String[] queries;
    private volatile Faults faults = Faults.NONE;

    FaultsInterceptor(@Value("${demo.queries}") String[] queries) {
        this.queries = queries;
    }

    void set(Faults faults) {
        this.faults = faults;
    }

    Faults faults() {
        return faults;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns(queries);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        // a pattern of the queries may match the path of a POST, too
        if (!HttpMethod.GET.matches(request.getMethod())) {
            return true;
        }
        Faults now = faults;
        Thread.sleep(now.latencyMs());
        if (now.down()) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "down on purpose");
        }
        if (queriedIds(request).anyMatch(now.failIds()::contains)) {
            throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, "this id fails on purpose");
        }
        if (ThreadLocalRandom.current().nextDouble() < now.errorRate()) {
            throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, "failed on purpose");
        }
        return true;
    }

    private static Stream<String> queriedIds(HttpServletRequest request) {
        String ids = request.getParameter("ids");
        if (ids != null) {
            return Arrays.stream(ids.split(",", -1));
        }
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path
                ? path.values().stream().map(String::valueOf)
                : Stream.of();
    }
}
