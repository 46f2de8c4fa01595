package io.triggerquery.consumer.internal.springcloud;

import static io.triggerquery.consumer.internal.springcloud.UnknownPartException.unless;

import feign.AsyncFeign;
import feign.Capability;
import feign.ExceptionPropagationPolicy;
import feign.Feign;
import feign.Logger;
import feign.QueryMapEncoder;
import feign.Request;
import feign.RequestInterceptor;
import feign.Retryer;
import feign.codec.Encoder;
import feign.codec.ErrorDecoder;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * The parts of a Feign builder, which it does not expose. A part that this class does not know, such as one of a later
 * version of Feign, must be as in a new builder.
 */
final class BuilderParts {

    private static final Set<String> KNOWN = Set.of(
            "capabilities",
            "client",
            "contract",
            "decoder",
            "dismiss404",
            "encoder",
            "errorDecoder",
            "logLevel",
            "logger",
            "options",
            "propagationPolicy",
            "queryMapEncoder",
            "requestInterceptors",
            "retryer");

    /** Observes calls without waiting threads in the same way. */
    private static final String OBSERVATIONS = "feign.micrometer.MicrometerObservationCapability";

    /** Has no effect without annotations of a cache, with which Spring wraps the bean as well. */
    private static final String CACHING = "org.springframework.cloud.openfeign.CachingCapability";

    private static final String GZIP =
            "org.springframework.cloud.openfeign.encoding.FeignAcceptGzipEncodingInterceptor";

    private final Map<String, Object> parts;
    private final Map<String, Object> initial = fields(Feign.builder());

    /**
     * Reads a builder.
     *
     * @throws UnknownPartException if a part is not known
     */
    BuilderParts(Feign.Builder builder) {
        unless(
                builder.getClass() == Feign.Builder.class,
                "its Feign.Builder " + builder.getClass().getName());
        parts = fields(builder);
        parts.forEach((name, part) -> unless(
                KNOWN.contains(name) || part == builder || isSame(part, initial.get(name)),
                "the part '" + name + "' of its Feign.Builder"));
    }

    <T> T get(String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(parts.get(name), name));
    }

    boolean hasDefaultClient() {
        return isSame(parts.get("client"), initial.get("client"));
    }

    /**
     * Returns an asynchronous builder with these parts, except for the contract, the decoder and the client.
     *
     * @throws UnknownPartException if one would wait, or is not known
     */
    AsyncFeign.AsyncBuilder<Object> asynchronous() {
        Retryer retryer = get("retryer", Retryer.class);
        unless(
                retryer == Retryer.NEVER_RETRY,
                "its Retryer " + retryer.getClass().getName());
        Request.Options options = get("options", Request.Options.class);
        unless(options.getClass() == Request.Options.class, "its Request.Options, which can be refreshed");
        AsyncFeign.AsyncBuilder<Object> copy = AsyncFeign.builder();
        copy.logger(get("logger", Logger.class))
                .logLevel(get("logLevel", Logger.Level.class))
                .encoder(get("encoder", Encoder.class))
                .queryMapEncoder(get("queryMapEncoder", QueryMapEncoder.class))
                .errorDecoder(get("errorDecoder", ErrorDecoder.class))
                .options(options)
                .requestInterceptors(interceptors())
                .exceptionPropagationPolicy(get("propagationPolicy", ExceptionPropagationPolicy.class))
                .retryer(retryer);
        if (get("dismiss404", Boolean.class)) {
            copy.dismiss404();
        }
        capabilities().forEach(copy::addCapability);
        return copy;
    }

    private List<RequestInterceptor> interceptors() {
        List<RequestInterceptor> interceptors = list("requestInterceptors", RequestInterceptor.class);
        unless(
                interceptors.stream()
                        .noneMatch(each -> each.getClass().getName().equals(GZIP)),
                "the compression of answers (spring.cloud.openfeign.compression.response.enabled)");
        return interceptors;
    }

    private List<Capability> capabilities() {
        return list("capabilities", Capability.class).stream()
                .filter(each -> !each.getClass().getName().equals(CACHING))
                .peek(each -> unless(
                        each.getClass().getName().equals(OBSERVATIONS),
                        "its Capability " + each.getClass().getName()))
                .toList();
    }

    private <T> List<T> list(String name, Class<T> type) {
        List<?> values = get(name, List.class);
        return values.stream().<T>map(type::cast).toList();
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one, other)
                || one != null
                        && other != null
                        && one.getClass() == other.getClass()
                        && one.getClass().getName().startsWith("feign.")
                        && fields(one).equals(fields(other));
    }

    private static Map<String, Object> fields(Object object) {
        Map<String, Object> values = new HashMap<>();
        ReflectionUtils.doWithFields(
                object.getClass(),
                field -> {
                    ReflectionUtils.makeAccessible(field);
                    values.put(field.getName(), field.get(object));
                },
                BuilderParts::isOfInstance);
        return values;
    }

    private static boolean isOfInstance(Field field) {
        return !Modifier.isStatic(field.getModifiers());
    }
}
