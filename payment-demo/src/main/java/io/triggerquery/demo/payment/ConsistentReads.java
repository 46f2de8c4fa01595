package io.triggerquery.demo.payment;

import io.triggerquery.consumer.Freshness;
import io.triggerquery.consumer.FreshnessResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets callers read what billing has answered them: a request for the billing of a payment with the header {@value
 * #HEADER} is answered once the projection has that version, or with 503 and {@code Retry-After}.
 */
@Component
final class ConsistentReads implements HandlerInterceptor, WebMvcConfigurer {

    static final String HEADER = "If-Consistent-With";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Freshness freshness;

    ConsistentReads(Freshness freshness) {
        this.freshness = freshness;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/payments/*/billing");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        String version = request.getHeader(HEADER);
        if (version != null) {
            FreshnessResult result = await(id(request), version);
            if (!result.isFresh()) {
                throw notFresh(result);
            }
        }
        return true;
    }

    private FreshnessResult await(String id, String version) throws InterruptedException {
        try {
            return freshness.await(Billing.LISTENER, id, Long.parseLong(version), TIMEOUT);
        } catch (IllegalArgumentException invalid) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, invalid.getMessage(), invalid);
        }
    }

    private static String id(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        @Nullable Object id = variables instanceof Map<?, ?> byName ? byName.get("id") : null;
        return String.valueOf(id);
    }

    private static ErrorResponseException notFresh(FreshnessResult result) {
        String why = result instanceof FreshnessResult.Refused refused
                ? refused.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : "it did not arrive within " + TIMEOUT.toSeconds() + " s";
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "The projection does not have that version: " + why);
        var failure = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, null);
        failure.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return failure;
    }
}
