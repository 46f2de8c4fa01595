package io.triggerquery.consumer.internal.query;

import feign.AsyncClient;
import feign.AsyncFeign;
import feign.Contract;
import feign.Request;
import feign.Target;
import feign.codec.Decoder;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Feign client that the application has configured itself, as the parts that an equal client without waiting threads
 * is created of.
 *
 * @param builder has all parts except for those below
 * @param contract reads the interface
 * @param decoder reads the answers
 * @param target adds the address to requests
 * @param options the time limits, and whether redirects are followed
 * @param balancer adds a load balancer to the HTTP client, or null if the target's address is called
 */
public record ConfiguredFeign(
        AsyncFeign.AsyncBuilder<Object> builder,
        Contract contract,
        Decoder decoder,
        Target<?> target,
        Request.Options options,
        @Nullable UnaryOperator<AsyncClient<Object>> balancer) {

    /** Returns the address, whose host may be the name of a service. */
    public URI address() {
        return URI.create(target.url());
    }

    AsyncClient<Object> route(AsyncClient<Object> http) {
        return balancer == null ? http : balancer.apply(http);
    }
}
