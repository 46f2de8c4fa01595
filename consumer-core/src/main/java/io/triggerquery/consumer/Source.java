package io.triggerquery.consumer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the remote service that a Feign interface calls.
 *
 * <p>The interface declares one method that takes the id and returns its state, and may declare one that takes several
 * ids, as a {@code List} or {@code Collection} of strings, and returns a {@code List} or {@code Collection} of states.
 * With the second, workers ask for whatever ids are ready, many in one call. The service's address is the property
 * {@code triggerquery.sources.NAME.url}; one circuit breaker is kept for each name. Beans of the types {@code
 * feign.RequestInterceptor}, for credentials perhaps, and {@code feign.Capability} take part in each call; Feign's other
 * parts are not replaced by beans.
 *
 * <p>No thread waits for an answer, although the methods return the state itself. Only if the application has a bean of
 * the interface's type, the listener's worker calls that and waits.
 *
 * <pre>{@code
 * @Source(value = "billing", id = "paymentId", version = "version")
 * interface BillingSource {
 *     @RequestLine("GET /api/billings/{id}")
 *     Billing byId(@Param("id") String id);
 *
 *     @RequestLine(value = "GET /api/billings?ids={ids}", collectionFormat = CollectionFormat.CSV)
 *     List<Billing> byIds(@Param("ids") List<String> ids);
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Source {

    /** The source's name, as in {@code triggerquery.sources.NAME.url}. */
    String value();

    /**
     * The property of the state that holds its id, a string. Needed with a method by ids, to tell whose state is whose. An
     * answer for one id is a failure of that id if its state has no id or another one: sources answer with 200 and an error,
     * and caches with what they have.
     */
    String id() default "";

    /**
     * The property of the state that holds its version, a {@code long} or {@code int} that grows with every change of
     * the id, and is not negative. An answer older than its trigger's version is then taken for stale and asked for
     * again, and a state without a version is a failure of its id. By default states have no version.
     */
    String version() default "";

    /** How the source says that it has no such id. */
    Absence absence() default Absence.NEVER;

    /**
     * Whether another interface may have the same name. Such interfaces are of one service: they share its settings, its
     * circuit breaker and the calls that it may get. All of them have to say so, otherwise the application does not start.
     */
    boolean shared() default false;
}
