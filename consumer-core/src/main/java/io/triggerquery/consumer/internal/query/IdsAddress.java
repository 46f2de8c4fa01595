package io.triggerquery.consumer.internal.query;

import feign.AsyncFeign;
import feign.Capability;
import feign.MethodMetadata;
import feign.Request;
import feign.RequestTemplate;
import feign.Target;
import feign.codec.Encoder;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Builds the address of a call for several ids, equal to the one that Feign would build. Feign encodes each id, parses
 * the joined ids as a template again and expands it three times, which takes a quarter of the CPU time of a listener
 * that queries by several ids. So the ids parameter is removed from the template, and the ids are passed as the body
 * until the address is built.
 *
 * <p>All other calls are left to Feign. So are the clients of an application that customizes how requests are built,
 * because its customizations would not see the ids in the address.
 *
 * <p>Threads: any, once the client is created.
 */
final class IdsAddress extends Target.HardCodedTarget<Object> implements Encoder {

    /** The parts that build requests, by name, since older versions of Feign do not have each of them. */
    private static final Set<String> REQUEST_PARTS = Set.of(
            "feign.Contract",
            "feign.RequestInterceptor",
            "feign.RequestInterceptors",
            "feign.codec.Encoder",
            "feign.interceptor.MethodInterceptors");

    private final IdsParameter parameter;
    private final MethodMetadata declared;
    private final Encoder bodies;

    /**
     * Creates the target.
     *
     * @param parameter the parameter that was removed from the method
     * @param declared the method with the parameter, as observers of the request see it
     */
    @SuppressWarnings("unchecked") // the target's type is the interface that its client implements
    private IdsAddress(Class<?> type, URI url, IdsParameter parameter, MethodMetadata declared, Encoder bodies) {
        super((Class<Object>) type, url.toString());
        this.parameter = parameter;
        this.declared = declared;
        this.bodies = bodies;
    }

    /**
     * Creates a client.
     *
     * @param feign the builder with everything except the target, the contract and the encoder
     * @param encoder the encoder for real request bodies
     * @param parts the parts of the application, which the builder already has
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
                || !parts.interceptors().of(source.sourceName()).isEmpty()
                || anyCapabilityReplaces(parts.capabilities())) {
            return feign.target(source.type(), url.toString());
        }
        List<MethodMetadata> methods = UsedParameters.ofFeign(source).parseAndValidateMetadata(source.type());
        List<MethodMetadata> declared = EncodedIds.feignContract().parseAndValidateMetadata(source.type());
        return find(byIds, methods)
                .flatMap(IdsParameter::extractFrom)
                .flatMap(parameter -> find(byIds, declared)
                        .map(method -> new IdsAddress(source.type(), url, parameter, method, encoder)))
                .map(target -> feign.contract(type -> methods).encoder(target).target(target))
                .orElseGet(() -> feign.target(source.type(), url.toString()));
    }

    /** Returns whether a capability of the application declares that it replaces any part that builds requests. */
    private static boolean anyCapabilityReplaces(List<Capability> capabilities) {
        return capabilities.stream()
                .flatMap(capability -> Stream.of(capability.getClass().getMethods()))
                .filter(method -> method.getName().equals("enrich") && method.getDeclaringClass() != Capability.class)
                .flatMap(method -> Stream.of(method.getParameterTypes()))
                .anyMatch(part -> REQUEST_PARTS.contains(part.getName()));
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

    /** Leaves the template unchanged, because a repeated call applies it again. */
    @Override
    public Request apply(RequestTemplate template) {
        if (template.methodMetadata() != parameter.method()) {
            return super.apply(template);
        }
        String ids = new String(template.body(), StandardCharsets.US_ASCII);
        RequestTemplate complete = RequestTemplate.from(template)
                .methodMetadata(declared)
                .body(null, StandardCharsets.US_ASCII)
                .target(url());
        return Request.create(
                Request.HttpMethod.valueOf(complete.method()),
                complete.url() + ids,
                complete.headers(),
                Request.Body.empty(),
                complete);
    }
}
