package io.triggerquery.consumer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the remote service behind a Feign interface.
 *
 * <p>The interface declares one method that takes the id and returns its state. The service's address is the property
 * {@code triggerquery.sources.NAME.url}; one circuit breaker is kept for each name.
 *
 * <pre>{@code
 * @Source("billing")
 * interface BillingSource {
 *     @RequestLine("GET /api/billings/{id}")
 *     Billing byId(@Param("id") String id);
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Source {

    /** The source's name, as in {@code triggerquery.sources.NAME.url}. */
    String value();
}
