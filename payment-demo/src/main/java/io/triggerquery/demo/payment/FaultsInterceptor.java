package io.triggerquery.demo.payment;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Applies the {@link Faults} in force to the queries, and to nothing else. */
@Profile("demo")
@Component
final class FaultsInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    private volatile Faults faults = Faults.NONE;

    void set(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/payments/{id}");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        // the same pattern fits POST /api/payments/sample, which is no query
        if (!HttpMethod.GET.matches(request.getMethod())) {
            return true;
        }
        Faults now = faults;
        Thread.sleep(now.latencyMs());
        if (now.down()) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "down on purpose");
        }
        if (asked(request).anyMatch(now.failIds()::contains)) {
            throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, "this id fails on purpose");
        }
        if (ThreadLocalRandom.current().nextDouble() < now.errorRate()) {
            throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, "failed on purpose");
        }
        return true;
    }

    private static Stream<String> asked(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path
                ? path.values().stream().map(String::valueOf)
                : Stream.of();
    }
}
