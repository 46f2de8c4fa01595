package io.triggerquery.consumer.internal.query;

import feign.AsyncFeign;
import feign.Capability;
import feign.Contract;
import feign.DefaultContract;
import feign.MethodMetadata;
import feign.Request;
import feign.RequestInterceptors;
import feign.RequestTemplate;
import feign.Target;
import feign.codec.Encoder;
import feign.interceptor.MethodInterceptors;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the address of a call for several ids, equal to the one that Feign would build. Feign encodes each id, parses
 * what it has joined as a template again and puts that together three times, which is a quarter of the CPU that a
 * listener takes by ids. So the parameter with the ids is taken out of its template, and they travel as the body until
 * the address is made.
 *
 * <p>All other calls are left to Feign. So are clients of an application that has a part in how requests are made, which
 * would see no ids in the address.
 *
 * <p>Threads: any, once the client is made.
 */
final class IdsAddress extends Target.HardCodedTarget<Object> implements Encoder {

    private final IdsParameter parameter;
    private final MethodMetadata declared;
    private final Encoder bodies;

    /**
     * Creates the target.
     *
     * @param parameter what was taken out of the method
     * @param declared the method as it was before, which is what observers of the request are told
     */
    @SuppressWarnings("unchecked") // a target's type says what its client can be cast to
    private IdsAddress(Class<?> type, URI url, IdsParameter parameter, MethodMetadata declared, Encoder bodies) {
        super((Class<Object>) type, url.toString());
        this.parameter = parameter;
        this.declared = declared;
        this.bodies = bodies;
    }

    /**
     * Makes a client.
     *
     * @param feign all but the target, the contract and the encoder
     * @param encoder for what really is a body
     * @param parts those of the application, which Feign has already
     */
    static Object client(
            AsyncFeign.AsyncBuilder<Object> feign,
            SourceMethods source,
            URI url,
            Encoder encoder,
            Sources.Feign parts) {
        feign.encoder(encoder);
        Method byIds = source.byIds();
        if (byIds == null
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || !parts.interceptors().isEmpty()
                || takePart(parts.capabilities(), encoder)) {
            return feign.target(source.type(), url.toString());
        }
        List<MethodMetadata> methods = new DefaultContract().parseAndValidateMetadata(source.type());
        List<MethodMetadata> declared = new DefaultContract().parseAndValidateMetadata(source.type());
        return find(byIds, methods)
                .flatMap(IdsParameter::takenOutOf)
                .flatMap(parameter -> find(byIds, declared)
                        .map(method -> new IdsAddress(source.type(), url, parameter, method, encoder)))
                .map(address -> feign.contract(type -> methods).encoder(address).target(address))
                .orElseGet(() -> feign.target(source.type(), url.toString()));
    }

    /** Whether Feign would replace any of what makes a request by something of the application's. */
    private static boolean takePart(List<Capability> capabilities, Encoder encoder) {
        Map<Class<?>, Object> parts = Map.of(
                Contract.class, new DefaultContract(),
                Encoder.class, encoder,
                MethodInterceptors.class, new MethodInterceptors(List.of()),
                RequestInterceptors.class, new RequestInterceptors(List.of()));
        return parts.entrySet().stream()
                .anyMatch(part -> Capability.enrich(part.getValue(), part.getKey(), capabilities) != part.getValue());
    }

    private static Optional<MethodMetadata> find(Method method, List<MethodMetadata> methods) {
        return methods.stream().filter(each -> each.method().equals(method)).findFirst();
    }

    @Override
    public void encode(Object body, Type type, RequestTemplate template) {
        if (template.methodMetadata() == parameter.method()) {
            template.body(parameter.with((Collection<?>) body));
        } else {
            bodies.encode(body, type, template);
        }
    }

    /** Leaves the template as it is: whoever tries a call again applies it again. */
    @Override
    public Request apply(RequestTemplate template) {
        if (template.methodMetadata() != parameter.method()) {
            return super.apply(template);
        }
        String ids = new String(template.body(), StandardCharsets.US_ASCII);
        RequestTemplate whole = RequestTemplate.from(template)
                .methodMetadata(declared)
                .body(null, StandardCharsets.US_ASCII)
                .target(url());
        return Request.create(
                Request.HttpMethod.valueOf(whole.method()),
                whole.url() + ids,
                whole.headers(),
                Request.Body.empty(),
                whole);
    }
}
