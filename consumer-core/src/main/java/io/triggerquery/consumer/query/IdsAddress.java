package io.triggerquery.consumer.query;

import feign.AsyncFeign;
import feign.Capability;
import feign.DefaultContract;
import feign.MethodMetadata;
import feign.Request;
import feign.RequestInterceptors;
import feign.RequestTemplate;
import feign.Target;
import feign.codec.Encoder;
import feign.interceptor.MethodInterceptors;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Writes the address of a call for several ids, the same one that Feign would. Feign encodes each id, parses what it has
 * joined as a template again and puts that together three times, which is a quarter of the CPU that a listener takes by
 * ids. So the parameter with the ids is taken out of its template, and they travel as the body until the address is made.
 *
 * <p>All other calls are left to Feign. So are clients with interceptors, which would see no ids in the address.
 *
 * <p>Threads: any, once the client is made.
 */
final class IdsAddress extends Target.HardCodedTarget<Object> implements Encoder {

    private final IdsParameter parameter;
    private final Encoder bodies;

    @SuppressWarnings("unchecked") // a target's type says what its client can be cast to
    private IdsAddress(Class<?> type, URI url, IdsParameter parameter, Encoder bodies) {
        super((Class<Object>) type, url.toString());
        this.parameter = parameter;
        this.bodies = bodies;
    }

    /**
     * Makes a client.
     *
     * @param feign all but the target, the contract and the encoder
     * @param encoder for what really is a body
     */
    static Object client(AsyncFeign.AsyncBuilder<Object> feign, SourceMethods source, URI url, Encoder encoder) {
        List<MethodMetadata> methods = new DefaultContract().parseAndValidateMetadata(source.type());
        feign.contract(type -> methods).encoder(encoder);
        return methods.stream()
                .filter(method -> method.method().equals(source.byIds()))
                .flatMap(method -> IdsParameter.takenOutOf(method).stream())
                .map(parameter -> new IdsAddress(source.type(), url, parameter, encoder))
                .findFirst()
                .map(address -> feign.encoder(address).target(address))
                .orElseGet(() -> feign.target(source.type(), url.toString()));
    }

    /** Whether something looks at an address before it is made. */
    static boolean isWatched(List<Capability> capabilities) {
        return !enriched(new RequestInterceptors(List.of()), capabilities)
                        .interceptors()
                        .isEmpty()
                || !enriched(new MethodInterceptors(List.of()), capabilities)
                        .interceptors()
                        .isEmpty();
    }

    @SuppressWarnings("unchecked") // Feign replaces a component by one of the same type
    private static <T> T enriched(T component, List<Capability> capabilities) {
        return (T) Capability.enrich(component, component.getClass(), capabilities);
    }

    @Override
    public void encode(Object body, Type type, RequestTemplate template) {
        if (template.methodMetadata() == parameter.method()) {
            template.body(parameter.with((Collection<?>) body));
        } else {
            bodies.encode(body, type, template);
        }
    }

    @Override
    public Request apply(RequestTemplate template) {
        if (template.methodMetadata() != parameter.method()) {
            return super.apply(template);
        }
        String ids = new String(template.body(), StandardCharsets.US_ASCII);
        template.body(null, StandardCharsets.US_ASCII);
        Request request = super.apply(template);
        return Request.create(
                request.httpMethod(), request.url() + ids, request.headers(), Request.Body.empty(), template);
    }
}
