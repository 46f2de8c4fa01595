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
 * With the second, one call queries many ids. The service's address is the property {@code
 * triggerquery.sources.NAME.url}; each name has one circuit breaker. Credentials, headers, certificates and a proxy are
 * further properties of the source. Beans of the type {@code feign.RequestInterceptor} apply to each call of the source
 * that their {@code @Qualifier} names, or of all sources if they have none. Beans of the type {@code feign.Capability}
 * apply to all sources; other parts of Feign are not replaced by beans.
 *
 * <p>No thread waits for an answer, although the methods return the state itself. If the application has a bean of the
 * interface's type, the listener's workers call that bean and wait.
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

    /** Returns the source's name, as in {@code triggerquery.sources.NAME.url}. */
    String value();

    /**
     * Returns the property of the state that holds its id, a string. Required with a method for several ids. An answer
     * whose state has no id or another id is a failure of the queried id: sources answer errors with 200, and caches
     * answer with other states.
     */
    String id() default "";

    /**
     * Returns the property of the state that holds its version, a {@code long} or {@code int} of at least 0 that grows
     * with every change of the id. An answer with a lower version than the trigger's is then stale and the id is
     * queried again; a state without a version is a failure of its id. By default states have no version.
     */
    String version() default "";

    /** Returns how the source reports that it does not have an id. */
    Absence absence() default Absence.NEVER;

    /**
     * Returns whether other interfaces may have the same name. Such interfaces belong to one service: they share its
     * settings, its circuit breaker and its limit of calls. If one of them is not {@code shared}, the application does
     * not start.
     */
    boolean shared() default false;
}
